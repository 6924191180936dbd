using System.CommandLine;
using System.CommandLine.Parsing;

namespace DoorAgent.Commands;

/// <summary>Refuses unknown options, which the library takes for the value of an argument where one has room for another.</summary>
internal static class UnknownOptions
{
    /// <summary>Adds the check to a verb and to all verbs below it.</summary>
    public static void CheckIn(Command command)
    {
        // A check of an argument itself would be left out where another check of the verb reads the argument first.
        command.Validators.Add(result =>
        {
            foreach (string word in result.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
                .Select(token => token.Value).Where(IsOption))
                result.AddError($"Unrecognized option '{word}'. If it is the name of a file, write ./{word}.");
        });
        foreach (Command verb in command.Subcommands)
            CheckIn(verb);
    }

    // A dash alone stands for standard input or output, and one before a digit for a negative number.
    private static bool IsOption(string word) => word is ['-', not (>= '0' and <= '9'), ..];
}
