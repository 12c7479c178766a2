// One question and four faces with words.
pragma ComponentBehavior: Bound
import QtQuick
import Loket
import "../../qml"

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.it

    Progress {
        id: progress
        it: root.it
        width: parent.width - 2 * Ui.margin
        x: Ui.margin
        y: Ui.px(Ui.portrait ? 60 : 24)
    }

    Column {
        anchors.top: progress.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Ui.margin
        anchors.rightMargin: Ui.margin
        anchors.topMargin: Ui.px(Ui.portrait ? 70 : 26)
        spacing: Ui.px(Ui.portrait ? 60 : 34)

        Column {
            width: parent.width
            spacing: Ui.px(8)

            Label {
                objectName: "question"
                width: parent.width
                text: root.it.title
                size: Ui.portrait ? 64 : 62
                font.weight: Font.ExtraBold
                lineHeight: 1.06
            }

            Label {
                visible: text !== ""
                width: parent.width
                text: root.it.hint
                size: 28
                color: Ui.soft
                font.weight: Font.Medium
            }
        }

        Grid {
            id: faces

            readonly property real cell: Ui.portrait ? parent.width : (parent.width - 3 * Ui.px(20)) / 4

            width: parent.width
            columns: Ui.portrait ? 1 : 4
            spacing: Ui.px(20)

            Repeater {
                model: root.it.answers

                Rectangle {
                    id: answer

                    required property string modelData
                    required property int index

                    readonly property bool chosen: root.it.chosen === answer.index + 1

                    objectName: "answer-" + (answer.index + 1)
                    width: faces.cell
                    height: Ui.px(Ui.portrait ? 236 : 340)
                    radius: Ui.px(28)
                    color: touch.pressed || answer.chosen ? Theme.primarySoft : Theme.surface
                    border.width: Ui.px(answer.chosen ? 5 : 3)
                    border.color: touch.pressed || answer.chosen ? Theme.primary : Ui.line
                    Accessible.role: Accessible.Button
                    Accessible.name: answer.modelData
                    Accessible.onPressAction: root.vm.score(answer.index + 1)

                    Face {
                        id: face
                        score: answer.index + 1
                        size: Ui.px(Ui.portrait ? 160 : 164)
                        x: Ui.portrait ? Ui.px(44) : (parent.width - width) / 2
                        y: Ui.portrait ? (parent.height - height) / 2 : Ui.px(36)
                    }

                    Label {
                        objectName: "answerText-" + (answer.index + 1)
                        x: Ui.portrait ? face.x + face.width + Ui.px(44) : Ui.px(14)
                        y: Ui.portrait ? (parent.height - height) / 2 : face.y + face.height + Ui.px(20)
                        width: parent.width - x - Ui.px(Ui.portrait ? 30 : 14)
                        horizontalAlignment: Ui.portrait ? Text.AlignLeft : Text.AlignHCenter
                        text: answer.modelData
                        size: Ui.portrait ? 48 : 38
                        font.weight: Font.Bold
                        lineHeight: 1.05
                    }

                    MouseArea {
                        id: touch
                        anchors.fill: parent
                        onClicked: root.vm.score(answer.index + 1)
                    }
                }
            }
        }
    }
}
