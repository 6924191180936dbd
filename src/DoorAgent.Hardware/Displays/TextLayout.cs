namespace DoorAgent.Hardware.Displays;

/// <summary>Breaks a text into rows at its blanks; a word that is longer than a row is split at the end of the row. Pure.</summary>
internal static class TextLayout
{
    /// <summary>Returns all rows of a text, which may be more than a display has.</summary>
    public static IReadOnlyList<string> Rows(string text, int columns)
    {
        List<string> rows = [];
        string row = "";
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in words.SelectMany(word => word.Chunk(columns)).Select(part => new string(part)))
        {
            if (row.Length > 0 && row.Length + 1 + word.Length > columns)
            {
                rows.Add(row);
                row = "";
            }

            row = row.Length == 0 ? word : $"{row} {word}";
        }

        if (row.Length > 0)
            rows.Add(row);
        return rows;
    }

    /// <summary>Whether every word fits into a row and all rows fit onto the display.</summary>
    public static bool Fits(string text, int columns, int rows) =>
        text.Split(' ').All(word => word.Length <= columns) && Rows(text, columns).Count <= rows;

    /// <summary>Pads a row so that its text is in the middle.</summary>
    public static string Centred(string row, int columns) => row.PadLeft(row.Length + ((columns - row.Length) / 2)).PadRight(columns);
}
