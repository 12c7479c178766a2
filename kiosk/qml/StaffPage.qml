// What staff can do at the kiosk: print a number again, see the printer, reach the desktop, end the program.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.staff
    readonly property var words: root.vm.screens.words
    readonly property int fits: Ui.portrait ? 10 : 8
    readonly property int columns: Ui.portrait ? 1 : 2

    Hero {
        id: hero
        vm: root.vm
        width: parent.width
        height: Ui.px(Ui.portrait ? 240 : 116)
        title: root.words.staffTitle
    }

    Rectangle {
        id: printer
        x: Ui.margin
        y: hero.height + Ui.px(Ui.portrait ? 32 : 14)
        width: Ui.portrait ? parent.width - 2 * Ui.margin : (parent.width - 2 * Ui.margin) * 0.4
        height: Ui.touch
        radius: Ui.radius
        color: root.it.printerWell ? Theme.goodSoft : Theme.alarmSoft

        Icon {
            x: Ui.px(24)
            anchors.verticalCenter: parent.verticalCenter
            name: "printer"
            color: root.it.printerWell ? Theme.good : Theme.alarm
            size: Ui.px(Ui.portrait ? 44 : 34)
        }

        Label {
            objectName: "printerState"
            x: Ui.px(Ui.portrait ? 92 : 76)
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - Ui.px(12)
            text: root.it.printerWell ? root.words.printer + ": " + root.it.printer : root.it.printer
            size: 30
            color: root.it.printerWell ? Theme.good : Theme.alarm
            font.weight: Font.Bold
            maximumLineCount: 2
        }
    }

    Row {
        id: ways
        x: Ui.portrait ? Ui.margin : printer.x + printer.width + Ui.gap
        y: Ui.portrait ? root.height - height - Ui.px(24) : printer.y
        width: root.width - x - Ui.margin
        spacing: Ui.gap

        BigButton {
            objectName: "leaveFullScreen"
            width: (ways.width - ways.spacing) / 2
            kind: "secondary"
            size: 28
            text: root.words.leaveFullScreen
            onClicked: root.vm.leaveFullScreen()
        }

        BigButton {
            objectName: "endProgram"
            width: (ways.width - ways.spacing) / 2
            kind: "danger"
            size: 28
            text: root.words.endProgram
            onClicked: root.vm.endProgram()
        }
    }

    Label {
        id: heading
        x: Ui.margin
        y: printer.y + printer.height + Ui.px(Ui.portrait ? 32 : 12)
        text: root.it.slips.length > 0 ? root.words.lastNumbers : root.words.noNumbersYet
        size: 32
        font.weight: Font.ExtraBold
    }

    Grid {
        id: grid

        readonly property real cellWidth: (root.width - 2 * Ui.margin - (root.columns - 1) * Ui.gap) / root.columns

        x: Ui.margin
        y: heading.y + heading.height + Ui.px(Ui.portrait ? 16 : 8)
        columns: root.columns
        spacing: Ui.px(Ui.portrait ? 12 : 10)

        Repeater {
            model: Math.min(root.fits, root.it.slips.length)

            Rectangle {
                id: slip

                required property int index

                readonly property var row: root.it.slips[index] ?? ({})

                width: grid.cellWidth
                height: Ui.touch + Ui.px(Ui.portrait ? 16 : 12)
                radius: Ui.radius
                color: Theme.surface
                border.width: Ui.px(2)
                border.color: Ui.line

                Label {
                    id: number
                    x: Ui.px(20)
                    anchors.verticalCenter: parent.verticalCenter
                    width: Ui.px(Ui.portrait ? 210 : 130)
                    text: slip.row.ticket ?? ""
                    size: 40
                    fontSizeMode: Text.HorizontalFit
                    color: Theme.primary
                    font.weight: Font.ExtraBold
                    wrapMode: Text.NoWrap
                }

                Label {
                    anchors.left: number.right
                    anchors.leftMargin: Ui.px(12)
                    anchors.right: again.left
                    anchors.rightMargin: Ui.px(12)
                    anchors.verticalCenter: parent.verticalCenter
                    text: slip.row.detail ?? ""
                    size: 24
                    color: Ui.soft
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }

                BigButton {
                    id: again
                    objectName: "printAgain-" + slip.index
                    anchors.right: parent.right
                    anchors.rightMargin: Ui.px(Ui.portrait ? 8 : 6)
                    anchors.verticalCenter: parent.verticalCenter
                    width: Ui.px(Ui.portrait ? 250 : 200)
                    kind: "tinted"
                    icon: "printer"
                    size: 26
                    text: root.words.printAgain
                    onClicked: root.vm.printAgain(slip.row.visit)
                }
            }
        }
    }
}
