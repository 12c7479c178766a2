// One agency: what people call it, its full name, who waits there.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var tile

    readonly property bool isOpen: root.tile.open ?? false

    signal clicked

    objectName: "agency-" + (root.tile.id ?? "")
    radius: Ui.radius
    color: touch.pressed ? Theme.primarySoft : root.isOpen ? Theme.surface : "transparent"
    border.width: Ui.px(2)
    border.color: touch.pressed ? Theme.primary : Ui.line
    Accessible.role: Accessible.Button
    Accessible.name: root.tile.name ?? ""
    Accessible.onPressAction: root.clicked()

    Rectangle {
        id: band
        x: Ui.px(8)
        anchors.verticalCenter: parent.verticalCenter
        width: Ui.px(6)
        height: parent.height - Ui.px(28)
        radius: width / 2
        color: root.isOpen ? Theme.primary : Ui.line
    }

    Column {
        anchors.left: band.right
        anchors.leftMargin: Ui.px(Ui.portrait ? 16 : 10)
        anchors.right: parent.right
        anchors.rightMargin: Ui.px(Ui.portrait ? 12 : 4)
        anchors.verticalCenter: parent.verticalCenter

        Label {
            id: shortName
            width: parent.width
            text: root.tile.short ?? ""
            size: Ui.portrait ? 29 : 30
            color: root.isOpen ? Theme.primary : Ui.soft
            font.weight: Font.ExtraBold
            maximumLineCount: 1
            elide: Text.ElideRight
        }

        Label {
            id: fullName

            readonly property real room: root.height - Ui.px(4) - shortName.implicitHeight - waiting.implicitHeight

            width: parent.width
            text: root.tile.name ?? ""
            size: Ui.smallest
            color: root.isOpen ? Theme.ink : Ui.soft
            font.weight: Font.Medium
            lineHeight: 0.9
            maximumLineCount: Math.max(1, Math.floor(fullName.room / (fullName.font.pixelSize * 1.26 * fullName.lineHeight)))
            elide: Text.ElideRight
        }

        Label {
            id: waiting
            width: parent.width
            text: root.tile.detail ?? ""
            size: Ui.smallest
            color: root.isOpen ? Ui.soft : Theme.accentInk
            font.weight: Ui.portrait ? Font.DemiBold : Font.Medium
            maximumLineCount: 2
            elide: Text.ElideRight
        }
    }

    MouseArea {
        id: touch
        anchors.fill: parent
        onClicked: root.clicked()
    }
}
