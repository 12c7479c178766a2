// The number on the slip, key by key.
pragma ComponentBehavior: Bound
import QtQuick
import Loket
import "../../qml"

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.it

    Column {
        anchors.top: parent.top
        anchors.bottom: digits.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Ui.margin
        spacing: Ui.px(Ui.portrait ? 30 : 10)

        Label {
            width: parent.width
            text: root.it.title
            size: 54
            font.weight: Font.ExtraBold
        }

        Label {
            objectName: "ticketHint"
            width: parent.width
            text: root.it.hint
            size: 30
            color: Ui.soft
        }

        Row {
            spacing: Ui.gap

            Rectangle {
                width: Ui.px(Ui.portrait ? 620 : 620)
                height: Ui.px(Ui.portrait ? 150 : 108)
                radius: Ui.radius
                color: Theme.surface
                border.width: Ui.px(3)
                border.color: Theme.primary

                Label {
                    objectName: "ticket"
                    anchors.centerIn: parent
                    text: root.it.ticket
                    size: Ui.portrait ? 84 : 78
                    font.weight: Font.ExtraBold
                    font.letterSpacing: Ui.px(4)
                }
            }

            BigButton {
                objectName: "goOn"
                width: Ui.px(Ui.portrait ? 340 : 320)
                height: Ui.px(Ui.portrait ? 150 : 108)
                usable: root.it.canGoOn
                icon: "next"
                trailing: true
                size: 44
                text: root.vm.screens.words.goOn
                onClicked: root.vm.goOn()
            }
        }
    }

    Rectangle {
        id: digits
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: keyboard.top
        height: row.height + Ui.px(Ui.portrait ? 20 : 10)
        color: "#EFE9DE"

        Row {
            id: row

            readonly property real key: (digits.width - 2 * Ui.px(Ui.portrait ? 24 : 28) - 9 * row.spacing) / 10

            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            spacing: Ui.px(8)

            Repeater {
                model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]

                BigButton {
                    required property string modelData

                    objectName: "digit-" + modelData
                    width: row.key
                    height: Ui.px(Ui.portrait ? 104 : 78)
                    kind: "secondary"
                    size: Ui.portrait ? 42 : 44
                    text: modelData
                    onClicked: root.vm.typeLetter(modelData)
                }
            }
        }
    }

    Keyboard {
        id: keyboard
        vm: root.vm
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
    }
}
