// A button for a finger: a word, perhaps a drawing and a second line.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    property string text
    property string detail
    property string icon
    property string kind: "primary"
    property real size: Theme.lead
    property bool stacked: false
    property bool leading: false
    property bool trailing: false
    property bool usable: true

    signal clicked

    readonly property bool held: touch.pressed && root.enabled
    readonly property bool full: root.kind === "primary" || root.kind === "danger"
    // Words of a full button that waits stay readable: it turns grey, not pale.
    readonly property bool waits: root.full && !root.usable
    readonly property color ground: root.waits ? Theme.rule : root.kind === "primary" ? Theme.primary : root.kind === "danger" ? Theme.alarm : root.kind === "tinted" ? Theme.primarySoft : Theme.surface
    readonly property color label: root.full && root.usable ? Theme.primaryInk : root.usable ? Theme.primary : Ui.soft

    implicitHeight: Ui.touch
    implicitWidth: Ui.touch * 2
    radius: Ui.radius
    color: root.held ? (root.full ? Theme.primaryDeep : Theme.primarySoft) : root.ground
    opacity: root.usable || root.waits ? 1 : 0.4
    enabled: root.usable
    border.width: root.kind === "secondary" ? Ui.px(3) : root.kind === "plain" ? Ui.px(2) : 0
    border.color: root.kind === "secondary" ? Theme.primary : Ui.line
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()

    Grid {
        id: content

        readonly property real room: root.width - Ui.px(Ui.portrait ? 40 : 28)

        anchors.verticalCenter: parent.verticalCenter
        x: root.leading ? Ui.px(28) : (root.width - width) / 2
        columns: root.stacked ? 1 : 2
        columnSpacing: Ui.px(root.detail !== "" ? 24 : 14)
        rowSpacing: Ui.px(4)
        horizontalItemAlignment: Grid.AlignHCenter
        verticalItemAlignment: Grid.AlignVCenter
        layoutDirection: root.trailing ? Qt.RightToLeft : Qt.LeftToRight

        Icon {
            visible: root.icon !== ""
            name: root.icon
            color: root.label
            size: Ui.type(root.size * (root.detail !== "" ? 1.7 : 1.15))
            weight: 2.2
        }

        Column {
            id: lines

            readonly property real room: root.stacked || root.icon === "" ? content.room : content.room - Ui.type(root.size * (root.detail !== "" ? 1.7 : 1.15)) - content.columnSpacing

            spacing: Ui.px(4)

            Label {
                width: Math.min(implicitWidth, lines.room)
                text: root.text
                size: root.size
                color: root.label
                font.weight: Font.Bold
                horizontalAlignment: root.leading ? Text.AlignLeft : Text.AlignHCenter
                maximumLineCount: 2
                elide: Text.ElideRight
            }

            Label {
                visible: root.detail !== ""
                width: Math.min(implicitWidth, lines.room)
                lineHeight: 1.02
                text: root.detail
                size: root.size * 0.66
                color: root.full && root.usable ? Theme.primaryInk : Ui.soft
                font.weight: Font.Medium
                horizontalAlignment: root.leading ? Text.AlignLeft : Text.AlignHCenter
            }
        }
    }

    MouseArea {
        id: touch
        anchors.fill: parent
        onClicked: root.clicked()
    }
}
