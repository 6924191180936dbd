namespace DoorAgent.Commands.Output;

/// <summary>Writes a word of a command line, such as a name with a space, so that a shell takes it as one word.</summary>
internal static class ShellWord
{
    public static string Of(string word) => word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.')
        && word[0] != '-'
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
