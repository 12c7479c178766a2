// Who was parked here or did not come.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm
    required property real u

    radius: 16 * root.u
    color: Theme.surface
    border.width: 1
    border.color: Theme.rule
    clip: true

    Item {
        id: head
        width: parent.width
        height: Math.round(42 * root.u)

        Label {
            anchors.verticalCenter: parent.verticalCenter
            x: 18 * root.u
            u: root.u
            size: 16
            text: root.vm.heads.aside
            font.weight: Font.Bold
        }

        KeyCap {
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: count.left
            anchors.rightMargin: 10 * root.u
            u: root.u * 0.9
            text: root.vm.actions.aside.key
            faint: !root.vm.actions.aside.live
        }

        Label {
            id: count
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: 18 * root.u
            u: root.u
            size: 18
            text: root.vm.heads.asideCount
            font.weight: Font.ExtraBold
            color: Theme.inkSoft
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.rule
        }
    }

    Label {
        visible: text !== ""
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        x: 18 * root.u
        width: parent.width - 36 * root.u
        u: root.u
        size: 15
        text: root.vm.heads.asideNone
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.WordWrap
        color: Theme.inkSoft
    }

    ListView {
        id: list
        objectName: "asideList"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 6 * root.u
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.vm.aside
        delegate: Item {
            id: line

            required property string ticket
            required property string standing
            required property string detail

            width: list.width
            height: Math.round(38 * root.u)

            Label {
                id: ticket
                objectName: "asideTicket"
                anchors.verticalCenter: parent.verticalCenter
                x: 18 * root.u
                width: Math.max(implicitWidth, 92 * root.u)
                u: root.u
                size: 17
                text: line.ticket
                font.weight: Font.Bold
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                anchors.left: ticket.right
                anchors.leftMargin: 8 * root.u
                anchors.right: standing.left
                anchors.rightMargin: 8 * root.u
                u: root.u
                size: 14
                text: line.detail
                elide: Text.ElideRight
                color: Theme.inkSoft
            }

            Label {
                id: standing
                anchors.verticalCenter: parent.verticalCenter
                anchors.right: parent.right
                anchors.rightMargin: 18 * root.u
                u: root.u
                size: 14
                text: line.standing
                font.weight: Font.DemiBold
                color: Theme.inkSoft
            }
        }
    }
}
