// Which agency? A grid of large tiles, and the search over all services.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.agencies
    readonly property int columns: Ui.portrait ? 2 : Ui.large ? 3 : 4
    readonly property int rows: Ui.portrait ? 7 : 3

    Hero {
        id: hero
        vm: root.vm
        width: parent.width
        height: Ui.px(Ui.portrait ? (Ui.large ? 330 : 384) : 116) // larger names need the room
        title: root.vm.screens.words.whichAgency
        under: ""
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
        readonly property real cellHeight: Math.min(Ui.px(Ui.portrait ? 160 : 170), (grid.room - (root.rows - 1) * Ui.gap) / root.rows)

        x: Ui.margin
        y: grid.start
        columns: root.columns
        spacing: Ui.gap

        Repeater {
            model: root.it.tiles.length

            AgencyTile {
                required property int index

                width: grid.cellWidth
                height: grid.cellHeight
                tile: root.it.tiles[index] ?? ({})
                onClicked: root.vm.chooseAgency(tile.id)
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
