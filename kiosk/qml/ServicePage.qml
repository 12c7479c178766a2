// One service: how long it takes, what it costs, what to have ready; then the number.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.service
    readonly property var words: root.vm.screens.words

    Hero {
        id: hero
        vm: root.vm
        width: parent.width
        height: Ui.px(Ui.portrait ? (root.it.mayAdd ? 400 : 440) : 116)
        title: root.it.name
        under: root.it.agency
    }

    Grid {
        id: facts

        readonly property real cellWidth: ((Ui.portrait ? root.width : root.width * 0.5 + Ui.margin) - 2 * Ui.margin - Ui.gap) / 2

        readonly property real cellHeight: Ui.px(Ui.portrait ? 132 : 112)

        x: Ui.margin
        y: hero.height + Ui.px(Ui.portrait ? 32 : 16)
        columns: 2
        spacing: Ui.gap

        FactCard {
            objectName: "ahead"
            width: facts.cellWidth
            height: facts.cellHeight
            strong: true
            icon: "people"
            label: root.words.ahead
            value: root.it.ahead
        }

        FactCard {
            objectName: "estimate"
            width: facts.cellWidth
            height: facts.cellHeight
            strong: true
            icon: "clock"
            label: root.words.estimate
            value: root.it.estimate
            note: root.it.rarely
        }

        FactCard {
            objectName: "fee"
            width: facts.cellWidth
            height: facts.cellHeight
            icon: "fee"
            label: root.words.fee
            value: root.it.fee
        }

        FactCard {
            objectName: "standard"
            width: facts.cellWidth
            height: facts.cellHeight
            icon: "timer"
            label: root.words.standardTime
            value: root.it.standard
        }
    }

    Item {
        id: needed

        x: Ui.portrait ? Ui.margin : facts.x + facts.width + Ui.gap * 2
        y: Ui.portrait ? facts.y + facts.height + Ui.px(40) : facts.y
        width: root.width - x - Ui.margin
        height: choice.y - y - Ui.px(Ui.portrait ? 24 : 10)
        clip: true

        Label {
            id: heading
            text: root.words.requirements
            size: Ui.portrait ? 38 : 34
            font.weight: Font.ExtraBold
            wrapMode: Text.NoWrap
        }

        Column {
            id: list
            anchors.top: heading.bottom
            anchors.topMargin: Ui.px(Ui.portrait ? 18 : 6)
            width: parent.width
            spacing: Ui.px(Ui.portrait ? 14 : 5)

            Label {
                visible: root.it.requirements.length === 0
                width: parent.width
                text: root.words.noRequirements
                size: 28
                color: Ui.soft
            }

            Repeater {
                model: root.it.requirements.length

                Row {
                    id: requirement

                    required property int index

                    width: list.width
                    spacing: Ui.px(16)

                    Icon {
                        y: Ui.type(31) * 0.12
                        name: "check"
                        color: Theme.good
                        size: Ui.type(32)
                        weight: 3
                    }

                    Label {
                        width: parent.width - Ui.type(32) - parent.spacing
                        text: root.it.requirements[requirement.index] ?? ""
                        size: Ui.portrait ? 31 : 28
                        font.weight: Font.Medium
                        lineHeight: 1.08
                        maximumLineCount: 2
                        elide: Text.ElideRight
                    }
                }
            }

            Label {
                visible: root.it.more !== ""
                width: parent.width
                text: root.it.more
                size: 24
                color: Ui.soft
            }
        }
    }

    Rectangle {
        id: choice
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Ui.px(Ui.portrait ? (root.it.open ? (root.it.mayAdd ? 560 : 452) : 220) : (root.it.open ? 208 : 130))
        color: "#F3EEE4"

        Rectangle {
            width: parent.width
            height: Ui.px(2)
            color: Ui.line
        }

        Label {
            id: question
            visible: root.it.open
            x: Ui.margin
            y: Ui.px(Ui.portrait ? 34 : 14)
            width: parent.width - 2 * Ui.margin
            text: root.words.needPriority
            size: Ui.portrait ? 40 : 34
            font.weight: Font.ExtraBold
        }

        Flow {
            visible: root.it.open
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: Ui.margin
            anchors.bottomMargin: Ui.px(Ui.portrait ? 36 : 18)
            spacing: Ui.gap

            BigButton {
                objectName: "takeNumber"
                width: Ui.portrait ? parent.width : parent.width * (root.it.mayAdd ? 0.33 : 0.42)
                height: Ui.px(Ui.portrait ? 150 : 122)
                size: !Ui.portrait && root.it.mayAdd ? 36 : 42
                icon: "paper"
                text: root.it.take
                onClicked: root.vm.takeNumber()
            }

            BigButton {
                objectName: "askPriority"
                width: Ui.portrait ? parent.width : parent.width * (root.it.mayAdd ? 0.48 : 0.58) - Ui.gap
                height: Ui.px(Ui.portrait ? 138 : 122)
                kind: "secondary"
                size: !Ui.portrait && root.it.mayAdd ? 29 : 34
                icon: "heart"
                leading: true
                text: root.words.yesPriority
                detail: root.words.whoHasPriority
                onClicked: root.vm.askForPriority()
            }

            BigButton {
                objectName: "addAnother"
                visible: root.it.mayAdd
                width: Ui.portrait ? parent.width : parent.width * 0.19 - Ui.gap
                height: Ui.px(Ui.portrait ? 92 : 122)
                kind: "plain"
                size: Ui.portrait ? 32 : 28
                text: root.words.addAnother
                onClicked: root.vm.addAnother()
            }
        }

        Row {
            visible: !root.it.open
            anchors.centerIn: parent
            spacing: Ui.px(24)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "clock"
                color: Theme.accentInk
                size: Ui.px(Ui.portrait ? 64 : 48)
            }

            Label {
                objectName: "closed"
                anchors.verticalCenter: parent.verticalCenter
                text: root.it.closed
                size: 44
                color: Theme.accentInk
                font.weight: Font.ExtraBold
                wrapMode: Text.NoWrap
            }

            BigButton {
                objectName: "lookAtOtherDays"
                visible: root.it.noneLeft
                anchors.verticalCenter: parent.verticalCenter
                width: Ui.px(Ui.portrait ? 360 : 320)
                height: Ui.px(Ui.portrait ? 110 : 92)
                kind: "secondary"
                size: 32
                text: root.words.otherDays
                onClicked: root.vm.lookAtOtherDays()
            }
        }
    }
}
