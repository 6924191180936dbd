using System.Text;
using DoorAgent.Fleet;

namespace DoorAgent.Commands.Fleet;

/// <summary>A request or an answer as a user gives it: the text itself, a file with it, or - for the standard input.</summary>
internal static class JoinTextInput
{
    private const string StandardInput = "-", Start = "dooragent-";

    /// <summary>Returns the text.</summary>
    /// <param name="given">The argument.</param>
    /// <param name="what">What it should be, such as "a request".</param>
    /// <exception cref="UserErrorException">The file cannot be read, or is too large.</exception>
    public static string Read(string given, string what)
    {
        if (given == StandardInput)
            return FromStandardInput(what);
        // A text that was copied with its lines is one argument too. A file of that name is ./dooragent-...
        return given.TrimStart().StartsWith(Start, StringComparison.Ordinal) && given.Contains(':', StringComparison.Ordinal) ? given
            : Encoding.UTF8.GetString(InputFile.Read(given, JoinText.Longest, what));
    }

    private static string FromStandardInput(string what)
    {
        char[] text = new char[JoinText.Longest + 1];
        using StreamReader reader = new(Console.OpenStandardInput());
        int length = reader.ReadBlock(text);
        return length <= JoinText.Longest ? new string(text, 0, length) : throw new UserErrorException($"The input is too long for {what}.");
    }
}
