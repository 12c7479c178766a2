// Text on the dark board: our typeface, never markup.
import QtQuick
import Loket

Text {
    textFormat: Text.PlainText
    color: Theme.nightInk
    font.family: Theme.family
    font.weight: Font.Medium
}
