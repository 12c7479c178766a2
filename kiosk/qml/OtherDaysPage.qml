// Today comes too late, or is full: why, when it opens again, and a number all the same where there is one.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.otherDays
    readonly property var words: root.vm.screens.words
    readonly property bool isFull: Ui.portrait && root.it.qr !== ""

    Hero {
        id: hero
        vm: root.vm
        width: parent.width
        height: Ui.px(Ui.portrait ? 440 : 116)
        title: root.it.title
        under: root.it.service
    }

    Label {
        id: why
        objectName: "whyLate"
        x: Ui.margin
        y: hero.height + Ui.px(Ui.portrait ? 48 : 18)
        width: (Ui.portrait ? root.width : root.width * 0.5) - 2 * Ui.margin
        text: root.it.why
        size: 36
        font.weight: Font.DemiBold
        lineHeight: 1.12
    }

    Column {
        id: days
        x: Ui.portrait ? Ui.margin : root.width * 0.5
        y: Ui.portrait ? why.y + why.height + Ui.px(48) : why.y
        width: root.width - x - Ui.margin
        spacing: Ui.px(Ui.portrait ? 20 : 8)

        Label {
            width: parent.width
            text: root.words.opensAgain
            size: Ui.portrait ? 38 : 30
            font.weight: Font.ExtraBold
        }

        Label {
            objectName: "opensUnknown"
            visible: root.it.days.length === 0
            width: parent.width
            text: root.words.opensUnknown
            size: 30
            color: Ui.soft
        }

        Repeater {
            model: root.it.days.length

            Rectangle {
                id: day

                required property int index

                readonly property var row: root.it.days[index] ?? ({})

                width: days.width
                height: Ui.px(Ui.portrait ? (root.isFull ? 104 : 118) : 84)
                radius: Ui.radius
                color: Theme.primarySoft

                Label {
                    objectName: "openDay"
                    anchors.verticalCenter: parent.verticalCenter
                    x: Ui.px(Ui.portrait ? 32 : 20)
                    width: hours.x - x - Ui.gap
                    text: day.row.day ?? ""
                    size: Ui.portrait ? 34 : 28
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Ui.px(20)
                    maximumLineCount: 1
                    font.weight: Font.Bold
                }

                Label {
                    id: hours
                    objectName: "openHours"
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.right: parent.right
                    anchors.rightMargin: Ui.px(Ui.portrait ? 32 : 20)
                    text: day.row.hours ?? ""
                    size: Ui.portrait ? 34 : 28
                    color: Theme.primary
                    font.weight: Font.ExtraBold
                    wrapMode: Text.NoWrap
                }
            }
        }
    }

    Rectangle {
        id: booking
        objectName: "booking"
        visible: root.it.qr !== ""
        x: Ui.margin
        y: Ui.portrait ? days.y + days.height + Ui.px(26) : choice.y - height - Ui.px(18)
        width: Ui.portrait ? root.width - 2 * Ui.margin : why.width
        height: code.height + Ui.px(Ui.portrait ? 40 : 24)
        radius: Ui.radius
        color: "white"
        border.width: Ui.px(2)
        border.color: Theme.rule

        Image {
            id: code
            objectName: "bookingCode"
            x: Ui.px(Ui.portrait ? 20 : 12)
            y: x
            width: Ui.px(Ui.portrait ? 220 : 172)
            height: width
            source: root.it.qr
            smooth: false
            fillMode: Image.PreserveAspectFit
        }

        Column {
            x: code.x + code.width + Ui.gap
            width: parent.width - x - Ui.px(20)
            anchors.verticalCenter: parent.verticalCenter
            spacing: Ui.px(Ui.portrait ? 14 : 8)

            Label {
                objectName: "bookTime"
                width: parent.width
                text: root.words.bookTime
                size: Ui.portrait ? 34 : 26
                font.weight: Font.ExtraBold
            }

            Label {
                objectName: "bookAt"
                width: parent.width
                text: root.it.bookAt
                size: Ui.portrait ? 30 : 24
                color: Theme.primary
                font.weight: Font.DemiBold
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Ui.px(16)
                maximumLineCount: 1
                wrapMode: Text.NoWrap
            }
        }
    }

    Rectangle {
        id: choice
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: buttons.height + Ui.px(Ui.portrait ? 96 : 44)
        color: "#F3EEE4"

        Rectangle {
            width: parent.width
            height: Ui.px(2)
            color: Ui.line
        }

        Flow {
            id: buttons
            anchors.centerIn: parent
            width: parent.width - 2 * Ui.margin
            spacing: Ui.gap

            BigButton {
                objectName: "comeAnotherDay"
                width: Ui.portrait || root.it.take === "" ? parent.width : (parent.width - Ui.gap) / 2
                height: Ui.px(Ui.portrait ? 150 : 110)
                size: 40
                icon: "clock"
                text: root.words.comeAnotherDay
                onClicked: root.vm.finished()
            }

            BigButton {
                objectName: "takeAllTheSame"
                visible: root.it.take !== ""
                width: Ui.portrait ? parent.width : (parent.width - Ui.gap) / 2
                height: Ui.px(Ui.portrait ? 130 : 110)
                kind: "secondary"
                size: 36
                icon: "paper"
                text: root.it.take
                onClicked: root.vm.takeAllTheSame()
            }
        }
    }
}
