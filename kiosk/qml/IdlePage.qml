// Invites: where you are, whether it is open, and one touch to begin in your language.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.idle
    readonly property var frame: root.vm.screens.frame

    Rectangle {
        id: welcome
        width: Ui.portrait ? parent.width : parent.width * 0.52
        height: Ui.portrait ? parent.height * 0.53 : parent.height
        color: Theme.primaryDeep
        clip: true

        Kawung {
            anchors.fill: parent
            cell: Ui.px(Ui.portrait ? 168 : 128)
        }

        Rectangle {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: Ui.portrait ? parent.width : Ui.px(6)
            height: Ui.portrait ? Ui.px(8) : parent.height
            color: Theme.accent
        }

        Item {
            anchors.fill: parent
            anchors.margins: Ui.px(Ui.portrait ? 72 : 56)

            Label {
                id: clock
                text: root.frame.clock
                size: Ui.portrait ? 96 : 84
                color: Theme.primaryInk
                font.weight: Font.Bold
                lineHeight: 0.9
            }

            Label {
                anchors.top: clock.bottom
                anchors.topMargin: Ui.px(4)
                text: root.frame.day
                size: 30
                color: "#BFE0D8"
                font.weight: Font.Medium
            }

            Column {
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Ui.px(Ui.portrait ? 8 : 0)
                spacing: Ui.px(Ui.portrait ? 20 : 14)

                Label {
                    width: parent.width
                    text: root.it.indonesian.welcome + "  ·  " + root.it.english.welcome
                    size: 34
                    color: Theme.flash
                    font.weight: Font.Bold
                }

                Label {
                    objectName: "siteName"
                    width: parent.width
                    height: Math.min(implicitHeight, Ui.px(Ui.portrait ? 360 : 250))
                    text: root.frame.site
                    size: Ui.portrait ? 92 : 76
                    fontSizeMode: Text.Fit
                    minimumPixelSize: Ui.px(30)
                    color: Theme.primaryInk
                    font.weight: Font.ExtraBold
                    lineHeight: 1.02
                }

                Rectangle {
                    width: Math.min(parent.width, hours.implicitWidth + Ui.px(76))
                    height: hours.implicitHeight + Ui.px(28)
                    radius: height / 2
                    color: "#1AFFFFFF"

                    Rectangle {
                        x: Ui.px(26)
                        anchors.verticalCenter: parent.verticalCenter
                        width: Ui.px(16)
                        height: width
                        radius: width / 2
                        color: root.it.open ? "#5FD39A" : Theme.flash
                    }

                    Label {
                        id: hours
                        objectName: "hours"
                        anchors.verticalCenter: parent.verticalCenter
                        x: Ui.px(54)
                        width: Math.min(implicitWidth, welcome.width - Ui.px(Ui.portrait ? 230 : 200))
                        text: root.it.indonesian.hours + "  ·  " + root.it.english.hours
                        size: 26
                        color: Theme.primaryInk
                        font.weight: Font.DemiBold
                    }
                }
            }
        }
    }

    Item {
        anchors.left: Ui.portrait ? parent.left : welcome.right
        anchors.right: parent.right
        anchors.top: Ui.portrait ? welcome.bottom : parent.top
        anchors.bottom: parent.bottom

        Column {
            anchors.centerIn: parent
            width: parent.width - 2 * Ui.px(Ui.portrait ? 72 : 48)
            spacing: Ui.px(Ui.portrait ? 30 : 22)

            Column {
                width: parent.width
                spacing: Ui.px(6)

                Label {
                    width: parent.width
                    text: root.it.indonesian.headline
                    size: root.it.open ? 46 : 34
                    font.weight: Font.ExtraBold
                    horizontalAlignment: Text.AlignHCenter
                }

                Label {
                    width: parent.width
                    text: root.it.english.headline
                    size: root.it.open ? 32 : 26
                    color: Ui.soft
                    font.weight: Font.Medium
                    horizontalAlignment: Text.AlignHCenter
                }
            }

            Item {
                width: 1
                height: Ui.px(Ui.portrait ? 4 : 0)
            }

            LanguageButton {
                objectName: "beginIndonesian"
                width: parent.width
                text: root.it.indonesian.name
                detail: root.it.indonesian.begin
                primary: true
                onClicked: root.vm.begin(root.it.indonesian.language)
            }

            LanguageButton {
                objectName: "beginEnglish"
                width: parent.width
                text: root.it.english.name
                detail: root.it.english.begin
                primary: false
                onClicked: root.vm.begin(root.it.english.language)
            }

            BigButton {
                objectName: "openBooking"
                visible: root.it.booking !== ""
                width: parent.width
                height: Ui.px(Ui.portrait ? 120 : 84)
                kind: "plain"
                icon: "check"
                size: Ui.portrait ? 34 : 28
                text: root.it.booking
                onClicked: root.vm.openBooking()
            }
        }
    }
}
