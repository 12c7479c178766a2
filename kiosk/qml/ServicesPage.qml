// Which service of the agency?
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.services
    readonly property int columns: Ui.portrait ? 1 : 2
    readonly property int rows: Ui.portrait ? 7 : 4

    Hero {
        id: hero
        vm: root.vm
        width: parent.width
        height: Ui.px(Ui.portrait ? 384 : 116)
        title: Ui.portrait ? root.vm.screens.words.whichService : root.it.agency
        under: root.it.agency
    }

    SearchButton {
        id: search
        vm: root.vm
        x: Ui.margin
        y: hero.height + Ui.px(Ui.portrait ? 28 : 12)
        width: Ui.portrait ? parent.width - 2 * Ui.margin : root.it.turns.text !== "" ? parent.width * 0.42 : parent.width - 2 * Ui.margin
    }

    Grid {
        id: grid

        readonly property real start: search.y + search.height + (Ui.portrait ? Ui.px(24) : Ui.gap)
        readonly property real room: (Ui.portrait && turner.visible ? turner.y : root.height) - Ui.gap - grid.start
        readonly property real cellWidth: (root.width - 2 * Ui.margin - (root.columns - 1) * Ui.gap) / root.columns
        readonly property real cellHeight: Math.min(Ui.px(Ui.portrait ? 140 : 112), (grid.room - (root.rows - 1) * Ui.gap) / root.rows)

        x: Ui.margin
        y: grid.start
        columns: root.columns
        spacing: Ui.gap

        Repeater {
            model: root.it.rows.length

            ServiceRow {
                required property int index

                width: grid.cellWidth
                height: grid.cellHeight
                row: root.it.rows[index] ?? ({})
                onClicked: root.vm.chooseService(row.id)
            }
        }
    }

    Turner {
        id: turner
        vm: root.vm
        turns: root.it.turns
        x: Ui.portrait ? Ui.margin : search.x + search.width + Ui.gap
        y: Ui.portrait ? root.height - height - Ui.px(20) : search.y
        width: root.width - x - Ui.margin
    }
}
