// The board: header, the call, the last calls, footer; side by side on a wide screen, one above the other on a tall one.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property var vm
    required property real unit
    required property bool portrait

    readonly property real gap: Theme.space(3) * root.unit
    readonly property rect stage: Qt.rect(root.gap, header.height, root.width - 2 * root.gap, root.height - header.height - footer.height - root.gap)

    Header {
        id: header
        width: parent.width
        unit: root.unit
        head: root.vm.head
        clock: root.vm.clock
        portrait: root.portrait
        english: root.vm.english
    }

    CallPanel {
        objectName: "callPanel"
        x: root.stage.x
        y: root.stage.y
        width: root.portrait ? root.stage.width : Math.round(root.stage.width * 0.61)
        height: root.portrait ? Math.round(root.stage.height * 0.5) : root.stage.height
        unit: root.unit
        panel: root.vm.panel
        words: root.vm.words
        wordsEn: root.vm.wordsEn
        english: root.vm.english
    }

    CallList {
        objectName: "callList"
        x: root.portrait ? root.stage.x : root.stage.x + root.stage.width - width
        y: root.portrait ? root.stage.y + root.stage.height - height : root.stage.y
        width: root.portrait ? root.stage.width : Math.round(root.stage.width * 0.39) - root.gap
        height: root.portrait ? Math.round(root.stage.height * 0.5) - root.gap : root.stage.height
        unit: root.unit
        rows: root.vm.rows
        words: root.vm.words
        wordsEn: root.vm.wordsEn
        english: root.vm.english
    }

    // What is on the board may be old: it fades back, and the strip says since when. The clock goes on.
    Rectangle {
        objectName: "veil"
        y: header.height
        width: parent.width
        height: parent.height - header.height - footer.height
        visible: root.vm.status.stale
        color: "#5A6670"
        opacity: 0.78
    }

    StaleNotice {
        objectName: "staleNotice"
        x: root.gap * 2
        y: root.stage.y + (root.stage.height - height) / 2
        width: root.width - 4 * root.gap
        visible: root.vm.status.stale
        unit: root.unit
        text: root.vm.status.staleText
        textEn: root.vm.english ? root.vm.status.staleTextEn : ""
    }

    Footer {
        id: footer
        y: parent.height - height
        width: parent.width
        unit: root.unit
        notices: root.vm.notices
        moving: root.vm.tickerMoves && !root.vm.status.stale
        status: root.vm.status
    }
}
