// Type a few letters, see what they may mean.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.search
    readonly property var words: root.vm.screens.words
    readonly property int columns: Ui.portrait ? 1 : 2
    readonly property int rows: Ui.portrait ? 6 : 3

    Hero {
        id: hero
        vm: root.vm
        visible: Ui.portrait
        width: parent.width
        height: Ui.portrait ? Ui.px(280) : 0
        title: root.words.whatDoYouNeed
    }

    Rectangle {
        id: field
        x: Ui.margin
        y: hero.height + Ui.px(Ui.portrait ? 24 : 14)
        width: parent.width - 2 * Ui.margin
        height: Ui.px(Ui.portrait ? 104 : 66)
        radius: height / 2
        color: Theme.surface
        border.width: Ui.px(4)
        border.color: Theme.primary

        Icon {
            id: glass
            x: Ui.px(Ui.portrait ? 32 : 24)
            anchors.verticalCenter: parent.verticalCenter
            name: "search"
            color: Theme.primary
            size: Ui.px(Ui.portrait ? 42 : 30)
            weight: 2.4
        }

        Label {
            id: typed
            objectName: "query"
            anchors.left: glass.right
            anchors.leftMargin: Ui.px(20)
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, field.width - Ui.px(170))
            text: root.it.query
            size: Ui.portrait ? 42 : 40
            font.weight: Font.Bold
            wrapMode: Text.NoWrap
            elide: Text.ElideLeft
        }

        Rectangle {
            id: caret
            anchors.left: typed.right
            anchors.leftMargin: Ui.px(4)
            anchors.verticalCenter: parent.verticalCenter
            width: Ui.px(4)
            height: parent.height * 0.5
            color: Theme.accent

            SequentialAnimation on opacity {
                loops: Animation.Infinite
                NumberAnimation {
                    to: 0.1
                    duration: 500
                }
                NumberAnimation {
                    to: 1
                    duration: 500
                }
            }
        }

        Label {
            visible: root.it.query === ""
            anchors.left: caret.right
            anchors.leftMargin: Ui.px(12)
            anchors.right: parent.right
            anchors.rightMargin: Ui.px(24)
            anchors.verticalCenter: parent.verticalCenter
            text: root.words.searchHint
            size: Ui.portrait ? 28 : 26
            color: Ui.soft
            maximumLineCount: 1
            elide: Text.ElideRight
        }
    }

    Label {
        id: heading
        visible: root.it.query === "" && Ui.portrait
        x: Ui.margin
        y: field.y + field.height + Ui.px(20)
        text: root.words.mostWanted
        size: 26
        color: Ui.soft
        font.weight: Font.DemiBold
    }

    Grid {
        id: grid

        readonly property real start: field.y + field.height + (Ui.portrait ? (heading.visible ? heading.height + Ui.px(32) : Ui.px(24)) : Ui.px(10))
        readonly property real cellWidth: (root.width - 2 * Ui.margin - (root.columns - 1) * Ui.gap) / root.columns
        readonly property real cellHeight: Math.min(Ui.px(Ui.portrait ? 136 : 92), (keyboard.y - Ui.px(12) - grid.start - (root.rows - 1) * spacing) / root.rows)

        x: Ui.margin
        y: grid.start
        columns: root.columns
        spacing: Ui.px(Ui.portrait ? 12 : 8)

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

    Column {
        visible: root.it.nothing
        x: Ui.margin
        y: grid.start + Ui.px(Ui.portrait ? 90 : 30)
        width: parent.width - 2 * Ui.margin
        spacing: Ui.px(8)

        Label {
            objectName: "nothingFound"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.words.nothingFound
            size: 38
            font.weight: Font.Bold
        }

        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.words.nothingFoundHint
            size: 28
            color: Ui.soft
        }
    }

    Keyboard {
        id: keyboard
        vm: root.vm
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
    }
}
