// Invites, in both languages: show the slip, or type its number.
pragma ComponentBehavior: Bound
import QtQuick
import Loket
import "../../qml"

Rectangle {
    id: root

    required property var vm

    readonly property var indonesian: root.vm.screens.idle.indonesian
    readonly property var english: root.vm.screens.idle.english

    color: Theme.primaryDeep

    Kawung {
        anchors.fill: parent
        cell: Ui.px(Ui.portrait ? 168 : 128)
    }

    Column {
        anchors.centerIn: parent
        width: parent.width - 2 * Ui.px(Ui.portrait ? 80 : 120)
        spacing: Ui.px(Ui.portrait ? 44 : 22)

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Ui.px(Ui.portrait ? 36 : 28)

            Repeater {
                model: 4

                Face {
                    required property int index
                    score: index + 1
                    size: Ui.px(Ui.portrait ? 170 : 112)
                }
            }
        }

        Column {
            width: parent.width
            spacing: Ui.px(4)

            Label {
                objectName: "invite"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.indonesian.invite
                size: Ui.portrait ? 80 : 72
                color: Theme.primaryInk
                font.weight: Font.ExtraBold
                lineHeight: 1.02
            }

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.english.invite
                size: 40
                color: "#BFE0D8"
                font.weight: Font.DemiBold
            }
        }

        Column {
            width: parent.width
            spacing: Ui.px(2)

            Label {
                objectName: "showSlip"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.indonesian.showSlip
                size: 40
                color: Theme.flash
                font.weight: Font.Bold
            }

            Label {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: root.english.showSlip + ", " + root.english.orType
                size: 30
                color: "#BFE0D8"
                font.weight: Font.Medium
            }
        }

        Grid {
            anchors.horizontalCenter: parent.horizontalCenter
            columns: Ui.portrait ? 1 : 2
            spacing: Ui.px(Ui.portrait ? 24 : 20)

            LanguageButton {
                objectName: "beginIndonesian"
                width: Ui.px(Ui.portrait ? 880 : 470)
                text: "Bahasa Indonesia"
                detail: root.indonesian.begin
                primary: false
                onClicked: root.vm.begin("id")
            }

            LanguageButton {
                objectName: "beginEnglish"
                width: Ui.px(Ui.portrait ? 880 : 470)
                text: "English"
                detail: root.english.begin
                primary: false
                onClicked: root.vm.begin("en")
            }
        }
    }
}
