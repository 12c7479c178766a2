// The site's notices: one line that runs, or, where nothing may move, one notice after the other.
import QtQuick

Item {
    id: root

    required property real unit
    required property var notices
    required property bool moving

    readonly property string whole: root.notices.join("      •      ")
    readonly property bool runs: root.moving && line.implicitWidth > root.width
    property int turn: 0

    clip: true

    onWholeChanged: {
        root.turn = 0;
        if (run.running)
            run.restart();
    }

    Label {
        id: line
        objectName: "tickerLine"
        height: parent.height
        visible: root.moving
        text: root.whole
        verticalAlignment: Text.AlignVCenter
        font.weight: Font.DemiBold
        font.pixelSize: 30 * root.unit
    }

    Label {
        anchors.fill: parent
        visible: !root.moving
        text: root.notices.length > 0 ? root.notices[root.turn % root.notices.length] : ""
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
        font.weight: Font.DemiBold
        font.pixelSize: 30 * root.unit
    }

    NumberAnimation {
        id: run
        target: line
        property: "x"
        from: root.width
        to: -line.implicitWidth
        duration: (root.width + line.implicitWidth) / (120 * root.unit) * 1000 // 120 pixels a second: read at leisure
        loops: Animation.Infinite
        running: root.runs && root.visible
        onRunningChanged: if (!running)
            line.x = 0
    }

    Timer {
        interval: 9000
        repeat: true
        running: !root.moving && root.notices.length > 1
        onTriggered: root.turn += 1
    }
}
