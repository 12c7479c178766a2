// Our own keyboard: three rows of letters, nothing hidden, large keys.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm

    readonly property var letters: ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
    readonly property real gap: Ui.px(8)
    readonly property real keyWidth: (root.width - 2 * Ui.px(Ui.portrait ? 24 : 28) - 9 * root.gap) / 10
    readonly property real keyHeight: Ui.px(Ui.portrait ? 104 : 78)

    height: rows.height + 2 * Ui.px(Ui.portrait ? 20 : 8)
    color: "#EFE9DE"

    Column {
        id: rows
        anchors.centerIn: parent
        spacing: root.gap

        Row {
            spacing: root.gap

            Repeater {
                model: root.letters[0].split("")

                KeyCap {
                    required property string modelData
                    letter: modelData
                }
            }
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: root.gap

            Repeater {
                model: root.letters[1].split("")

                KeyCap {
                    required property string modelData
                    letter: modelData
                }
            }

            BigButton {
                objectName: "keyErase"
                width: root.keyWidth
                height: root.keyHeight
                kind: "plain"
                icon: "erase"
                size: 34
                text: ""
                onClicked: root.vm.erase()
            }
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: root.gap

            Repeater {
                model: root.letters[2].split("")

                KeyCap {
                    required property string modelData
                    letter: modelData
                }
            }

            BigButton {
                objectName: "keySpace"
                width: root.keyWidth * 1.5 + root.gap * 0.5
                height: root.keyHeight
                kind: "plain"
                size: Ui.portrait ? 24 : 26
                text: root.vm.screens.words.space
                onClicked: root.vm.typeLetter(" ")
            }

            BigButton {
                objectName: "keyClear"
                width: root.keyWidth * 1.5 + root.gap * 0.5
                height: root.keyHeight
                kind: "plain"
                size: Ui.portrait ? 22 : 24
                text: root.vm.screens.words.clear
                onClicked: root.vm.clear()
            }
        }
    }

    // Not "Key": PySide would take its items for Qt.Key when a driver looks at them.
    component KeyCap: Rectangle {
        id: key

        required property string letter

        objectName: "key-" + key.letter
        width: root.keyWidth
        height: root.keyHeight
        radius: Ui.px(14)
        color: press.pressed ? Theme.primary : Theme.surface
        border.width: Ui.px(2)
        border.color: Ui.line

        Label {
            anchors.centerIn: parent
            text: key.letter.toUpperCase()
            size: Ui.portrait ? 42 : 44
            color: press.pressed ? Theme.primaryInk : Theme.ink
            font.weight: Font.Bold
        }

        MouseArea {
            id: press
            anchors.fill: parent
            onClicked: root.vm.typeLetter(key.letter)
        }
    }
}
