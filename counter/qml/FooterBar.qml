// The counter itself, and the program: verbs that are needed now and then.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm
    required property real u

    implicitHeight: Math.round(48 * root.u)
    color: Theme.surface

    component Verbs: Row {
        id: verbs

        required property list<string> words

        anchors.verticalCenter: parent.verticalCenter
        spacing: 6 * root.u

        Repeater {
            model: verbs.words

            KeyButton {
                required property string modelData
                objectName: "verb-" + modelData
                u: root.u
                quiet: true
                action: root.vm.actions[modelData]
                onChosen: root.vm.chooseVerb(modelData)
            }
        }
    }

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.rule
    }

    Verbs {
        x: 10 * root.u
        words: ["pause", "announcePause", "close", "signOut"]
    }

    Verbs {
        anchors.right: parent.right
        anchors.rightMargin: 10 * root.u
        words: ["help", "language"]
    }
}
