// Text in the house's typeface, sized for a desktop window.
import QtQuick
import Loket

Text {
    property real u: 1
    property real size: 16

    textFormat: Text.PlainText
    color: Theme.ink
    font.family: Theme.family
    font.weight: Font.Medium
    font.pixelSize: Math.round(size * u)
}
