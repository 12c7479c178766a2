// The short code of a booking: six boxes and the letters that codes are made of.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.booking
    readonly property int columns: 7
    readonly property real key: Math.min((root.width - 2 * Ui.margin - (root.columns - 1) * Ui.gap) / root.columns, Ui.px(Ui.portrait ? 136 : 92))

    Column {
        anchors.centerIn: parent
        width: parent.width - 2 * Ui.margin
        spacing: Ui.px(Ui.portrait ? 44 : 18)

        Label {
            objectName: "bookingTitle"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.it.title
            size: Ui.portrait ? 60 : 46
            font.weight: Font.ExtraBold
        }

        Label {
            anchors.horizontalCenter: parent.horizontalCenter
            width: parent.width * (Ui.portrait ? 0.75 : 1)
            horizontalAlignment: Text.AlignHCenter
            text: root.it.hint
            size: Ui.portrait ? 34 : 28
            color: Ui.soft
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Ui.px(Ui.portrait ? 18 : 12)

            Repeater {
                model: root.it.letters

                Rectangle {
                    id: box

                    required property string modelData
                    required property int index

                    objectName: "letter-" + box.index
                    width: Ui.px(Ui.portrait ? 120 : 84)
                    height: Ui.px(Ui.portrait ? 140 : 92)
                    radius: Ui.radius
                    color: Theme.surface
                    border.width: Ui.px(3)
                    border.color: box.modelData === " " ? Ui.soft : Theme.primary

                    Label {
                        anchors.centerIn: parent
                        text: box.modelData
                        size: Ui.portrait ? 72 : 52
                        color: Theme.primary
                        font.weight: Font.ExtraBold
                    }
                }
            }
        }

        Grid {
            anchors.horizontalCenter: parent.horizontalCenter
            columns: root.columns
            spacing: Ui.gap

            Repeater {
                model: root.it.keys

                BigButton {
                    required property string modelData

                    objectName: "key-" + modelData
                    width: root.key
                    height: root.key
                    kind: "plain"
                    size: Ui.portrait ? 52 : 40
                    text: modelData
                    onClicked: root.vm.typeLetter(modelData)
                }
            }
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Ui.gap

            BigButton {
                objectName: "eraseLetter"
                width: 2 * root.key + Ui.gap
                height: Ui.px(Ui.portrait ? 128 : 88)
                kind: "plain"
                icon: "erase"
                size: 44
                onClicked: root.vm.erase()
            }

            BigButton {
                objectName: "enterCode"
                width: 5 * root.key + 4 * Ui.gap
                height: Ui.px(Ui.portrait ? 128 : 88)
                size: 38
                usable: root.it.ready
                text: root.it.enter
                onClicked: root.vm.enterCode()
            }
        }
    }
}
