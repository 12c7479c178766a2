// The staff's door: a PIN pad.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.pin
    readonly property var words: root.vm.screens.words
    readonly property real key: Ui.px(Ui.portrait ? 150 : 96)

    Grid {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: Ui.px(Ui.portrait ? 160 : 0)
        columns: Ui.portrait ? 1 : 2
        columnSpacing: Ui.px(90)
        rowSpacing: Ui.px(60)
        horizontalItemAlignment: Grid.AlignHCenter
        verticalItemAlignment: Grid.AlignVCenter

        Column {
            width: Ui.px(Ui.portrait ? 800 : 460)
            spacing: Ui.px(Ui.portrait ? 28 : 20)

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "lock"
                color: Theme.primary
                size: Ui.px(Ui.portrait ? 110 : 80)
                weight: 1.6
            }

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.words.staffPin
                size: 44
                font.weight: Font.ExtraBold
            }

            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Ui.px(18)

                Repeater {
                    model: Math.max(6, root.it.dots)

                    Rectangle {
                        required property int index

                        width: Ui.px(Ui.portrait ? 30 : 24)
                        height: width
                        radius: width / 2
                        color: index < root.it.dots ? Theme.primary : "transparent"
                        border.width: Ui.px(3)
                        border.color: index < root.it.dots ? Theme.primary : Theme.rule
                    }
                }
            }

            Label {
                objectName: "pinNote"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.it.note === "" ? " " : root.it.note
                size: 30
                color: Theme.alarm
                font.weight: Font.Bold
            }
        }

        Grid {
            columns: 3
            spacing: Ui.px(Ui.portrait ? 20 : 12)

            Repeater {
                model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

                BigButton {
                    required property string modelData

                    objectName: "digit-" + modelData
                    width: root.key * 1.25
                    height: root.key
                    kind: "plain"
                    size: 52
                    usable: root.it.ready
                    text: modelData
                    onClicked: root.vm.pressDigit(modelData)
                }
            }

            BigButton {
                objectName: "digitErase"
                width: root.key * 1.25
                height: root.key
                kind: "plain"
                icon: "erase"
                size: 44
                usable: root.it.ready
                onClicked: root.vm.eraseDigit()
            }

            BigButton {
                objectName: "digit-0"
                width: root.key * 1.25
                height: root.key
                kind: "plain"
                size: 52
                usable: root.it.ready
                text: "0"
                onClicked: root.vm.pressDigit("0")
            }

            BigButton {
                objectName: "enterPin"
                width: root.key * 1.25
                height: root.key
                size: 32
                usable: root.it.ready && root.it.dots >= 4
                text: root.words.enter
                onClicked: root.vm.enterPin()
            }
        }
    }
}
