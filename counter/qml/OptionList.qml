// The lines of a question, the marked one always in sight.
pragma ComponentBehavior: Bound
import QtQuick

ListView {
    id: root

    required property var lines
    required property int marked
    required property real u

    signal chosen(index: int)

    clip: true
    spacing: 3 * root.u
    boundsBehavior: Flickable.StopAtBounds
    currentIndex: root.marked
    highlightMoveDuration: 0
    model: root.lines
    delegate: OptionLine {
        required property int index
        required property var modelData

        objectName: "option-" + index
        width: root.width
        u: root.u
        title: modelData.title
        detail: modelData.detail
        mark: modelData.mark
        why: modelData.why
        marked: index === root.marked
        onChosen: root.chosen(index)
    }
}
