// A page that says one thing: taken over, turned away.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm
    required property real u

    readonly property var notice: root.vm.notice

    color: Theme.alarmSoft

    Rectangle {
        width: parent.width
        height: Math.round(10 * root.u)
        color: Theme.alarm
    }

    Column {
        anchors.centerIn: parent
        width: Math.min(parent.width * 0.8, 1000 * root.u)
        spacing: 24 * root.u

        Label {
            objectName: "noticeTitle"
            width: parent.width
            u: root.u
            size: 48
            text: root.notice.title
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            font.weight: Font.ExtraBold
            color: Theme.alarm
        }

        Label {
            objectName: "noticeBody"
            width: parent.width
            u: root.u
            size: 22
            text: root.notice.body
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
        }

        Row {
            visible: root.notice.action !== ""
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: 12 * root.u

            KeyCap {
                u: root.u * 1.3
                text: root.vm.words.keyReturn
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                u: root.u
                size: 20
                text: root.notice.action
                font.weight: Font.Bold
            }
        }
    }
}
