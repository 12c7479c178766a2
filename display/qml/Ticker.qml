// The site's notices: one line that runs without end, or, where nothing may move, one notice after the other.
import QtQuick

Item {
    id: root

    required property real unit
    required property var notices
    required property bool moving

    readonly property string gap: "      •      "
    readonly property string whole: root.notices.join(root.gap)
    readonly property bool runs: root.moving && once.width > root.width
    readonly property real period: once.advanceWidth // where the second copy stands exactly where the first one began
    readonly property font face: still.font
    property int turn: 0

    clip: true

    onWholeChanged: root.turn = 0

    TextMetrics {
        id: once
        font: root.face
        text: root.whole + root.gap
    }

    Label {
        id: line
        objectName: "tickerLine"
        height: parent.height
        visible: root.moving
        text: root.runs ? root.whole + root.gap + root.whole : root.whole
        verticalAlignment: Text.AlignVCenter
        font: root.face
    }

    Label {
        id: still
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
        from: 0
        to: -root.period
        duration: Math.max(1, root.period / (120 * root.unit) * 1000) // 120 pixels a second: read at leisure
        loops: Animation.Infinite
        running: root.runs && root.visible
        onRunningChanged: if (!running)
            line.x = 0
        // An animation that runs does not notice a new length.
        onDurationChanged: if (running)
            Qt.callLater(run.restart)
    }

    Timer {
        interval: 9000
        repeat: true
        running: !root.moving && root.notices.length > 1
        onTriggered: root.turn += 1
    }
}
