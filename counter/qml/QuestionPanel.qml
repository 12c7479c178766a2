// A question over the desk: choose, type or confirm; Esc goes one step back.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm
    required property real u

    readonly property var question: root.vm.question
    readonly property real inner: Math.floor(panel.width - 48 * root.u)

    visible: root.question.shown
    color: Qt.alpha(Theme.ink, 0.45)

    MouseArea {
        anchors.fill: parent
        hoverEnabled: true
    }

    Rectangle {
        id: panel
        objectName: "question"
        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.max(24 * root.u, (parent.height - height) * 0.4)
        width: Math.min(parent.width - 48 * root.u, 680 * root.u)
        height: content.implicitHeight + 44 * root.u
        radius: 18 * root.u
        color: Theme.surface

        Column {
            id: content
            x: 24 * root.u
            y: 22 * root.u
            width: root.inner
            spacing: 14 * root.u

            Label {
                objectName: "questionTitle"
                width: parent.width
                u: root.u
                size: 25
                text: root.question.title
                wrapMode: Text.WordWrap
                font.weight: Font.Bold
            }

            Label {
                visible: text !== ""
                width: parent.width
                u: root.u
                size: 16
                text: root.question.hint
                wrapMode: Text.WordWrap
                color: Theme.inkSoft
            }

            TypedBox {
                visible: root.question.typing
                width: parent.width
                u: root.u
                text: root.question.query
                placeholder: root.question.placeholder
            }

            OptionList {
                visible: root.question.choosing
                width: parent.width
                height: Math.min(contentHeight, root.height - 300 * root.u)
                u: root.u
                lines: root.question.choosing ? root.question.lines : []
                marked: root.vm.marked
                onChosen: index => root.vm.chooseOption(index)
            }

            Label {
                visible: root.question.none !== ""
                u: root.u
                size: 16
                text: root.question.none
                color: Theme.inkSoft
            }

            Grid {
                visible: root.question.table
                columns: 2
                rowSpacing: 6 * root.u
                columnSpacing: 24 * root.u
                flow: Grid.TopToBottom
                rows: Math.ceil(helpLines.count / 2)

                Repeater {
                    id: helpLines
                    model: root.question.table ? root.question.lines : []

                    Row {
                        id: helpLine
                        required property var modelData
                        width: (root.inner - 24 * root.u) / 2
                        height: Math.round(36 * root.u)
                        spacing: 12 * root.u

                        Item {
                            width: 64 * root.u
                            height: parent.height

                            KeyCap {
                                anchors.right: parent.right
                                anchors.verticalCenter: parent.verticalCenter
                                u: root.u
                                text: helpLine.modelData.mark
                            }
                        }

                        Label {
                            anchors.verticalCenter: parent.verticalCenter
                            u: root.u
                            size: 16
                            text: helpLine.modelData.title
                        }
                    }
                }
            }

            Rectangle {
                width: parent.width
                height: 1
                color: Theme.rule
            }

            Label {
                objectName: "questionKeys"
                width: parent.width
                u: root.u
                size: 14
                text: root.question.keys
                wrapMode: Text.WordWrap
                color: Theme.inkSoft
            }
        }
    }
}
