// The desk: on the left who is in hand and what can be done, on the right who waits and who was put aside.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm
    required property real u

    readonly property real gap: Math.round(14 * root.u)
    readonly property real side: Math.round(Math.max(380 * root.u, root.width * 0.36))

    function scroll(rows: real): void {
        waiting.scroll(rows);
    }

    color: Theme.paper

    HeaderBar {
        id: header
        width: parent.width
        vm: root.vm
        u: root.u
    }

    OfflineBanner {
        id: banner
        objectName: "banner"
        anchors.top: header.bottom
        width: parent.width
        shown: root.vm.connection.banner !== ""
        text: root.vm.connection.banner
        scaleBy: root.u * 0.64
    }

    AlertStrip {
        id: alerts
        anchors.top: banner.bottom
        width: parent.width
        u: root.u
        alerts: root.vm.alerts
    }

    Item {
        anchors.top: alerts.bottom
        anchors.bottom: footer.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: root.gap

        HandCard {
            id: hand
            anchors.top: parent.top
            anchors.bottom: pad.top
            anchors.bottomMargin: root.gap
            width: parent.width - root.side - root.gap
            vm: root.vm
            u: root.u
            opacity: root.vm.connection.live ? 1 : 0.75
        }

        MessageLine {
            anchors.left: hand.left
            anchors.right: hand.right
            anchors.bottom: hand.bottom
            anchors.margins: 8 * root.u
            anchors.leftMargin: 18 * root.u
            u: root.u
            text: root.vm.message
        }

        ActionPad {
            id: pad
            anchors.bottom: parent.bottom
            width: hand.width
            vm: root.vm
            u: root.u
        }

        WaitingList {
            id: waiting
            anchors.top: parent.top
            anchors.bottom: aside.top
            anchors.bottomMargin: root.gap
            anchors.right: parent.right
            width: root.side
            vm: root.vm
            u: root.u
        }

        AsideList {
            id: aside
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: root.side
            height: pad.height - 54 * root.u
            vm: root.vm
            u: root.u
        }
    }

    FooterBar {
        id: footer
        anchors.bottom: parent.bottom
        width: parent.width
        vm: root.vm
        u: root.u
    }

    Rectangle {
        objectName: "busy"
        visible: root.vm.busy
        anchors.bottom: footer.top
        width: parent.width
        height: Math.round(4 * root.u)
        color: Theme.accent
    }

    QuestionPanel {
        anchors.fill: parent
        vm: root.vm
        u: root.u
    }
}
