// One thing to know: a moment's wait, a refusal, a fault.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.message
    readonly property bool busy: root.it.tone === "busy"
    readonly property bool counts: root.it.seconds >= 0

    Column {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: Ui.px(Ui.portrait ? 40 : 0)
        width: parent.width - 2 * Ui.px(Ui.portrait ? 110 : 160)
        spacing: Ui.px(Ui.portrait ? 36 : 20)

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Ui.px(Ui.portrait ? 260 : 170)
            height: width
            radius: width / 2
            color: root.it.tone === "sorry" ? Theme.accentSoft : Theme.primarySoft

            Icon {
                visible: root.it.tone === "good"
                x: (parent.width - size) / 2
                y: (parent.height - size) / 2
                name: "check"
                color: Theme.primary
                size: parent.width * 0.5
                weight: 2
            }

            Icon {
                visible: root.it.tone === "sorry"
                x: (parent.width - size) / 2
                y: (parent.height - size) / 2
                name: root.it.button ? "alert" : "plug"
                color: Theme.accentInk
                size: parent.width * 0.5
                weight: 1.7
            }

            Icon {
                visible: root.it.mine !== ""
                x: (parent.width - size) / 2
                y: (parent.height - size) / 2
                name: "paper"
                color: Theme.primary
                size: parent.width * 0.5
                weight: 1.7
            }

            Label {
                objectName: "countdown"
                visible: root.counts
                anchors.centerIn: parent
                text: root.it.seconds
                size: 120
                color: Theme.primary
                font.weight: Font.ExtraBold
                wrapMode: Text.NoWrap
            }

            Row {
                visible: root.busy
                anchors.centerIn: parent
                spacing: Ui.px(Ui.portrait ? 22 : 15)

                Repeater {
                    model: 3

                    Rectangle {
                        id: dot

                        required property int index

                        width: Ui.px(Ui.portrait ? 34 : 22)
                        height: width
                        radius: width / 2
                        color: Theme.primary
                        opacity: 0.25

                        SequentialAnimation on opacity {
                            running: root.busy
                            loops: Animation.Infinite
                            PauseAnimation {
                                duration: dot.index * 220
                            }
                            NumberAnimation {
                                to: 1
                                duration: 320
                            }
                            NumberAnimation {
                                to: 0.25
                                duration: 420
                            }
                            PauseAnimation {
                                duration: (2 - dot.index) * 220
                            }
                        }
                    }
                }
            }
        }

        Label {
            objectName: "messageTitle"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.it.title
            size: 60
            font.weight: Font.ExtraBold
            lineHeight: 1.08
        }

        Label {
            objectName: "messageText"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.it.text
            size: 34
            color: Ui.soft
            lineHeight: 1.15
        }

        BigButton {
            objectName: "printMine"
            visible: root.it.mine !== ""
            anchors.horizontalCenter: parent.horizontalCenter
            width: Ui.px(Ui.portrait ? 820 : 620)
            height: Ui.px(Ui.portrait ? 140 : 96)
            size: 36
            icon: "paper"
            text: root.it.mine
            onClicked: root.vm.printMine()
        }

        BigButton {
            objectName: "takeAnother"
            visible: root.it.another !== ""
            enabled: root.it.ready
            opacity: root.it.ready ? 1 : 0.5
            anchors.horizontalCenter: parent.horizontalCenter
            width: Ui.px(Ui.portrait ? 820 : 620)
            height: Ui.px(Ui.portrait ? 140 : 96)
            kind: "secondary"
            size: 34
            text: root.it.another
            onClicked: root.vm.takeAnother()
        }

        BigButton {
            objectName: "finished"
            visible: root.it.button
            anchors.horizontalCenter: parent.horizontalCenter
            width: Ui.px(Ui.portrait ? 520 : 360)
            height: Ui.px(Ui.portrait ? 128 : 92)
            size: 36
            text: root.vm.screens.words.done
            onClicked: root.vm.finished()
        }
    }
}
