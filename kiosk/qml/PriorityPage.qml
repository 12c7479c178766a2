// Who is put first, in plain words; touching one makes the number. Who comes from a booking may also say no here.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.priority
    readonly property int columns: Ui.portrait ? 1 : 2

    Hero {
        id: hero
        vm: root.vm
        width: parent.width
        height: Ui.px(Ui.portrait ? 500 : 116)
        title: root.it.title
        under: root.it.service
    }

    Label {
        id: hint
        x: Ui.margin
        y: hero.height + Ui.px(Ui.portrait ? 40 : 18)
        width: parent.width - 2 * Ui.margin
        visible: Ui.portrait || root.it.regular === "" // a lying screen has no room for it beside one key more
        text: root.it.hint
        size: 30
        color: Ui.soft
    }

    BigButton {
        id: regular
        objectName: "takeNumber"
        visible: root.it.regular !== ""
        x: Ui.margin
        y: hint.visible ? hint.y + hint.height + Ui.px(36) : hint.y
        width: parent.width - 2 * Ui.margin
        height: Ui.px(Ui.portrait ? 150 : 100)
        size: 42
        icon: "paper"
        text: root.it.regular
        onClicked: root.vm.takeNumber()
    }

    Grid {
        id: grid

        readonly property real above: regular.visible ? regular.y + regular.height : hint.y + hint.height
        readonly property real cellWidth: (root.width - 2 * Ui.margin - (root.columns - 1) * Ui.gap) / root.columns
        readonly property int lines: Math.ceil(root.it.needs.length / root.columns)
        readonly property real room: root.height - grid.y - Ui.px(20) - (grid.lines - 1) * grid.spacing
        readonly property real cellHeight: Math.min(Ui.px(Ui.portrait ? 178 : 144), grid.room / grid.lines)

        x: Ui.margin
        y: grid.above + Ui.px(Ui.portrait ? 36 : 18)
        columns: root.columns
        spacing: Ui.px(Ui.portrait ? 20 : 14)

        Repeater {
            model: root.it.needs.length

            Rectangle {
                id: need

                required property int index

                readonly property var row: root.it.needs[index] ?? ({})

                objectName: "need-" + (row.id ?? "")
                width: grid.cellWidth
                height: grid.cellHeight
                radius: Ui.radius
                color: touch.pressed ? Theme.primarySoft : Theme.surface
                border.width: Ui.px(3)
                border.color: touch.pressed ? Theme.primary : Ui.line
                Accessible.role: Accessible.Button
                Accessible.name: row.name ?? ""

                Rectangle {
                    id: circle
                    x: Ui.px(Ui.portrait ? 32 : 24)
                    anchors.verticalCenter: parent.verticalCenter
                    width: Math.min(Ui.px(Ui.portrait ? 112 : 88), grid.cellHeight * 0.76)
                    height: width
                    radius: width / 2
                    color: Theme.primarySoft

                    Icon {
                        x: (parent.width - size) / 2
                        y: (parent.height - size) / 2
                        name: need.row.id ?? ""
                        color: Theme.primary
                        size: parent.width * 0.62
                        weight: 1.7
                    }
                }

                Column {
                    anchors.left: circle.right
                    anchors.leftMargin: Ui.px(Ui.portrait ? 32 : 22)
                    anchors.right: parent.right
                    anchors.rightMargin: Ui.px(20)
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Ui.px(4)

                    Label {
                        width: parent.width
                        text: need.row.name ?? ""
                        size: 40
                        font.weight: Font.ExtraBold
                    }

                    Label {
                        width: parent.width
                        maximumLineCount: Ui.portrait ? 2 : 1
                        elide: Text.ElideRight
                        text: need.row.detail ?? ""
                        size: 27
                        color: Ui.soft
                    }
                }

                MouseArea {
                    id: touch
                    anchors.fill: parent
                    onClicked: root.vm.chooseNeed(need.row.id)
                }
            }
        }
    }
}
