// Always at the same place: back, start over, letter size, language.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm

    readonly property var frame: root.vm.screens.frame
    readonly property var words: root.vm.screens.words
    readonly property real share: (root.width - 2 * Ui.margin - 3 * Ui.gap) / 4

    height: Ui.touch + Ui.px(Ui.portrait ? 48 : 20)
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: Ui.px(2)
        color: Ui.line
    }

    Item {
        id: places

        function at(place: int): real {
            return Ui.margin + place * (root.share + Ui.gap);
        }

        y: (root.height - Ui.touch) / 2

        BigButton {
            objectName: "back"
            x: places.at(0)
            width: root.share
            visible: root.frame.canGoBack
            kind: "tinted"
            icon: "back"
            stacked: Ui.portrait
            size: Ui.portrait ? 24 : 26
            text: root.words.back
            onClicked: root.vm.goBack()
        }

        BigButton {
            objectName: "startOver"
            x: places.at(1)
            width: root.share
            visible: root.frame.canStartOver
            kind: "tinted"
            icon: "home"
            stacked: Ui.portrait
            size: Ui.portrait ? 24 : 26
            text: root.words.startOver
            onClicked: root.vm.startOver()
        }

        BigButton {
            objectName: "switchSize"
            x: places.at(2)
            width: root.share
            visible: root.frame.canStartOver
            kind: "plain"
            icon: "text"
            stacked: Ui.portrait
            size: Ui.portrait ? 24 : 26
            text: root.frame.large ? root.words.normalText : root.words.largerText
            onClicked: root.vm.switchSize()
        }

        BigButton {
            objectName: "switchLanguage"
            x: places.at(3)
            width: root.share
            visible: root.frame.canSwitch
            kind: "plain"
            icon: "globe"
            stacked: Ui.portrait
            size: Ui.portrait ? 24 : 26
            text: root.words.otherLanguage
            onClicked: root.vm.switchLanguage()
        }
    }
}
