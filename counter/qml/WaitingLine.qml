// One who waits.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property string ticket
    required property string service
    required property string waited
    required property string why
    required property var marks
    required property bool following
    required property bool greyed
    required property real u
    required property string followingText

    readonly property color ink: root.greyed ? Qt.alpha(Theme.inkSoft, 0.8) : Theme.ink

    color: root.following ? Theme.primarySoft : "transparent"

    Rectangle {
        visible: root.following
        width: Math.round(5 * root.u)
        height: parent.height
        color: Theme.primary
    }

    Rectangle {
        anchors.bottom: parent.bottom
        x: 18 * root.u
        width: parent.width - 36 * root.u
        height: 1
        color: Qt.alpha(Theme.rule, 0.5)
    }

    Label {
        id: ticket
        objectName: "waitingTicket"
        anchors.verticalCenter: parent.verticalCenter
        x: 18 * root.u
        width: Math.max(implicitWidth, 92 * root.u)
        u: root.u
        size: 20
        text: root.ticket
        font.weight: Font.Bold
        color: root.ink
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: ticket.right
        anchors.leftMargin: 8 * root.u
        anchors.right: badges.left
        anchors.rightMargin: 8 * root.u

        Label {
            width: parent.width
            u: root.u
            size: 15
            text: root.service
            elide: Text.ElideRight
            color: root.ink
        }

        Label {
            visible: text !== ""
            width: parent.width
            u: root.u
            size: 15
            text: root.why !== "" ? root.why : root.following ? root.followingText : ""
            elide: Text.ElideRight
            color: root.following ? Theme.primary : Theme.inkSoft
            font.weight: Font.DemiBold
        }
    }

    Row {
        id: badges
        anchors.verticalCenter: parent.verticalCenter
        anchors.right: waited.left
        anchors.rightMargin: 10 * root.u
        spacing: 4 * root.u

        Repeater {
            model: root.marks

            Badge {
                required property var modelData
                text: modelData.text
                opacity: root.greyed ? 0.8 : 1
                scaleBy: root.u * 0.65
            }
        }
    }

    Label {
        id: waited
        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        anchors.rightMargin: 18 * root.u
        width: Math.max(implicitWidth, 58 * root.u)
        horizontalAlignment: Text.AlignRight
        u: root.u
        size: 16
        text: root.waited
        font.weight: Font.DemiBold
        color: root.ink
    }
}
