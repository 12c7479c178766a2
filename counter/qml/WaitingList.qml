// Who waits for this counter, in calling order; the next one stands out, who cannot be called is grey and says why.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm
    required property real u

    readonly property real row: Math.round(46 * root.u)

    function scroll(rows: real): void {
        const most = Math.max(0, list.contentHeight - list.height);
        list.contentY = Math.max(0, Math.min(most, list.contentY + rows * root.row));
    }

    radius: 16 * root.u
    color: Theme.surface
    border.width: 1
    border.color: Theme.rule
    clip: true

    Item {
        id: head
        width: parent.width
        height: Math.round(46 * root.u)

        Label {
            anchors.verticalCenter: parent.verticalCenter
            x: 18 * root.u
            u: root.u
            size: 18
            text: root.vm.heads.waiting
            font.weight: Font.Bold
        }

        Label {
            objectName: "waitingCount"
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: 18 * root.u
            u: root.u
            size: 22
            text: root.vm.heads.waitingCount
            font.weight: Font.ExtraBold
            color: Theme.primary
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
        anchors.centerIn: parent
        width: parent.width - 48 * root.u
        u: root.u
        size: 16
        text: root.vm.heads.waitingNone
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
        color: Theme.inkSoft
    }

    ListView {
        id: list
        objectName: "waitingList"
        anchors.top: head.bottom
        width: parent.width
        height: Math.floor((more.y - head.height) / root.row) * root.row
        clip: true
        snapMode: ListView.SnapToItem
        boundsBehavior: Flickable.StopAtBounds
        model: root.vm.waiting
        delegate: WaitingLine {
            width: list.width
            height: root.row
            u: root.u
            followingText: root.vm.words.nextMark
        }
    }

    Item {
        id: more
        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.round(30 * root.u)

        Label {
            visible: list.contentHeight > list.height
            anchors.centerIn: parent
            u: root.u
            size: 14
            text: root.vm.heads.more
            color: Theme.inkSoft
        }
    }
}
