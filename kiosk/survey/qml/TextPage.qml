// A suggestion, if there is one.
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
        y: Ui.px(Ui.portrait ? 60 : 18)
    }

    Column {
        anchors.top: progress.bottom
        anchors.topMargin: Ui.px(Ui.portrait ? 50 : 12)
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Ui.margin
        anchors.rightMargin: Ui.margin
        spacing: Ui.px(Ui.portrait ? 24 : 10)

        Label {
            width: parent.width
            text: root.it.title
            size: 54
            font.weight: Font.ExtraBold
        }

        Label {
            width: parent.width
            text: root.it.hint
            size: 28
            color: Ui.soft
        }

        Row {
            width: parent.width
            spacing: Ui.gap

            Rectangle {
                width: parent.width - send.width - Ui.gap
                height: Ui.px(Ui.portrait ? 330 : 190)
                radius: Ui.radius
                color: Theme.surface
                border.width: Ui.px(3)
                border.color: Ui.line
                clip: true

                Label {
                    objectName: "text"
                    anchors.fill: parent
                    anchors.margins: Ui.px(22)
                    verticalAlignment: implicitHeight > height ? Text.AlignBottom : Text.AlignTop
                    wrapMode: Text.Wrap
                    text: root.it.text + "▏"
                    size: 34
                }
            }

            BigButton {
                id: send
                objectName: "send"
                width: Ui.px(Ui.portrait ? 300 : 280)
                height: Ui.px(Ui.portrait ? 330 : 190)
                icon: "check"
                stacked: true
                size: 46
                text: root.vm.screens.words.send
                onClicked: root.vm.goOn()
            }
        }
    }

    Keyboard {
        vm: root.vm
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
    }
}
