// The verbs of the day with their keys, in the order in which they are needed.
pragma ComponentBehavior: Bound
import QtQuick

Column {
    id: root

    required property var vm
    required property real u

    readonly property real gap: Math.round(10 * root.u)
    readonly property real third: (root.width - 2 * root.gap) / 3

    spacing: root.gap

    KeyButton {
        objectName: "verb-" + root.vm.leading
        width: root.width
        u: root.u
        tall: true
        action: root.vm.actions[root.vm.leading]
        onChosen: root.vm.chooseVerb(root.vm.leading)
    }

    Grid {
        columns: 3
        spacing: root.gap

        Repeater {
            model: ["serve", "recall", "missed", "finish", "park", "transfer"]

            KeyButton {
                required property string modelData
                objectName: "verb-" + modelData
                width: root.third
                u: root.u
                action: root.vm.actions[modelData]
                onChosen: root.vm.chooseVerb(modelData)
            }
        }
    }

    Grid {
        columns: 4
        columnSpacing: root.gap

        Repeater {
            model: ["addStop", "callTicket", "aside", "cancel"]

            KeyButton {
                required property string modelData
                objectName: "verb-" + modelData
                width: (root.width - 3 * root.gap) / 4
                u: root.u
                quiet: true
                action: root.vm.actions[modelData]
                onChosen: root.vm.chooseVerb(modelData)
            }
        }
    }
}
