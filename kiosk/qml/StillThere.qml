// Nobody has touched for a while: ask before starting over.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm

    readonly property var words: root.vm.screens.words

    objectName: "stillThere"
    color: "#B30C1B26"

    MouseArea {
        anchors.fill: parent
        onClicked: root.vm.stay()
    }

    Rectangle {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Ui.margin, Ui.px(Ui.portrait ? 860 : 680))
        height: column.height + Ui.px(Ui.portrait ? 120 : 72)
        radius: Ui.px(36)
        color: Theme.surface

        Column {
            id: column
            anchors.centerIn: parent
            width: parent.width - Ui.px(Ui.portrait ? 120 : 88)
            spacing: Ui.px(Ui.portrait ? 28 : 16)

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.words.stillThere
                size: 56
                font.weight: Font.ExtraBold
            }

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.vm.screens.frame.seconds
                size: 132
                color: Theme.primary
                font.weight: Font.ExtraBold
                lineHeight: 0.9
            }

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.words.stillThereHint
                size: 30
                color: Ui.soft
            }

            BigButton {
                objectName: "continue"
                width: parent.width
                height: Ui.px(Ui.portrait ? 128 : 92)
                size: 36
                text: root.words.continue
                onClicked: root.vm.stay()
            }

            BigButton {
                objectName: "startOverNow"
                width: parent.width
                kind: "tinted"
                icon: "home"
                size: 28
                text: root.words.startOver
                onClicked: root.vm.startOver()
            }
        }
    }
}
