// Always at the same place: back, skip, listen, language, stop.
pragma ComponentBehavior: Bound
import QtQuick
import Loket
import "../../qml"

Rectangle {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.it
    readonly property var words: root.vm.screens.words
    readonly property real share: (root.width - 2 * Ui.margin - 4 * Ui.gap) / 5

    height: Ui.touch + Ui.px(Ui.portrait ? 48 : 20)
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: Ui.px(2)
        color: Ui.line
    }

    component Place: BigButton {
        required property int place

        x: Ui.margin + place * (root.share + Ui.gap)
        y: (root.height - Ui.touch) / 2
        width: root.share
        height: Ui.touch
        stacked: Ui.portrait
        size: Ui.portrait ? 24 : 26
    }

    Place {
        objectName: "back"
        place: 0
        visible: root.it.canGoBack
        kind: "tinted"
        icon: "back"
        text: root.words.back
        onClicked: root.vm.goBack()
    }

    Place {
        objectName: "stop"
        place: 1
        visible: root.it.canStop
        kind: "plain"
        icon: "home"
        text: root.words.startOver
        onClicked: root.vm.startOver()
    }

    Place {
        objectName: "listen"
        place: 2
        visible: root.it.canListen
        kind: "secondary"
        icon: "sound"
        text: root.words.listen
        onClicked: root.vm.listen()
    }

    Place {
        objectName: "switchLanguage"
        place: 3
        kind: "plain"
        icon: "globe"
        text: root.words.otherLanguage
        onClicked: root.vm.switchLanguage()
    }

    Place {
        objectName: "skip"
        place: 4
        visible: root.it.canSkip
        kind: "tinted"
        icon: "next"
        trailing: true
        text: root.words.skip
        onClicked: root.vm.skip()
    }
}
