using System.CommandLine;
using DoorAgent.Sealing;
using Spectre.Console;

namespace DoorAgent.Commands;

/// <summary>How a command gets a passphrase: typed on the terminal without showing it, or the first line of a file. The passphrase is never
/// an argument, since a shell remembers those and other users see them.</summary>
internal sealed class PassphraseInput
{
    private const string StandardInput = "-";

    public Option<bool> Asks { get; } = new("--passphrase") { Description = "Asks for the passphrase on the terminal (the default)." };

    public Option<string?> File { get; } = new("--passphrase-file")
    {
        Description = "File whose first line is the passphrase; - is the standard input.",
    };

    /// <summary>Returns a new passphrase, which is typed twice.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="what">What the passphrase is for, such as "the export".</param>
    /// <exception cref="UserErrorException">The passphrase is too short, was typed differently, or there is no terminal to ask at.</exception>
    public string New(ParseResult result, string what)
    {
        if (result.GetValue(File) is { } file)
            return Checked(FirstLine(file));
        string typed = Checked(Hidden($"Passphrase for {what}: "));
        return Hidden("The same again: ") == typed ? typed
            : throw new UserErrorException("The two passphrases differ; nothing was written. Try again.");
    }

    /// <summary>Returns the passphrase of something that exists.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="what">What the passphrase opens, such as "the export".</param>
    /// <exception cref="UserErrorException">There is no terminal to ask at, or the file cannot be read.</exception>
    public string Existing(ParseResult result, string what) =>
        result.GetValue(File) is { } file ? FirstLine(file) : Hidden($"Passphrase of {what}: ");

    private static string Checked(string passphrase) => Passphrase.Refusal(passphrase) is { } why ? throw new UserErrorException(why) : passphrase;

    private static string FirstLine(string file)
    {
        if (Directory.Exists(file))
            throw new UserErrorException($"{file} is a folder. Name a file whose first line is the passphrase.");
        try
        {
            using TextReader reader = file == StandardInput ? new StreamReader(Console.OpenStandardInput()) : System.IO.File.OpenText(file);
            return reader.ReadLine() ?? throw new UserErrorException($"{file} has no line with a passphrase.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The passphrase cannot be read from {file}: {failure.Message}", failure);
        }
    }

    private static string Hidden(string prompt)
    {
        if (Console.IsInputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            throw new UserErrorException("There is no terminal to ask for the passphrase at. Name a file with --passphrase-file FILE.");
        return AnsiConsole.Prompt(new TextPrompt<string>(Markup.Escape(prompt)).Secret(mask: null).AllowEmpty());
    }
}
