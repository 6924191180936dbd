using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace DoorAgent.Commands;

/// <summary>Refuses words where an option takes numbers, before a verb's own checks read the option: the library would throw there.</summary>
internal static class NumberOptions
{
    /// <summary>Puts the check in front of the checks of a verb and of all verbs below it.</summary>
    public static void CheckIn(Command command)
    {
        if (command.Options.Any(option => NumberOf(option) is not null))
        {
            Action<CommandResult>[] checks = [.. command.Validators];
            command.Validators.Clear();
            command.Validators.Add(result =>
            {
                if (!RefuseWords(result))
                    return;
                foreach (Action<CommandResult> check in checks)
                    check(result);
            });
        }

        foreach (Command verb in command.Subcommands)
            CheckIn(verb);
    }

    private static bool RefuseWords(CommandResult result)
    {
        bool areNumbers = true;
        foreach (OptionResult option in result.Children.OfType<OptionResult>())
        {
            if (NumberOf(option.Option) is not { } number
                || option.Tokens.FirstOrDefault(token => !number.Accepts(token.Value)) is not { } word)
                continue;
            result.AddError($"{option.Option.Name} is '{word.Value}', and must be {number.Name}.");
            areNumbers = false;
        }

        return areNumbers;
    }

    /// <summary>What an option takes; null where it takes no numbers, or reads them itself, as 1,2,3.</summary>
    private static Number? NumberOf(Option option)
    {
        Type type = option.ValueType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(int) || type == typeof(int[]))
            return new Number("a whole number, at most 2147483647", word => int.TryParse(word, CultureInfo.CurrentCulture, out _));
        if (type == typeof(long) || type == typeof(long[]))
            return new Number("a whole number", word => long.TryParse(word, CultureInfo.CurrentCulture, out _));
        if (type == typeof(float) || type == typeof(double))
            return new Number("a number, such as 0.9", word => double.TryParse(word, CultureInfo.InvariantCulture, out _));
        return null;
    }

    private sealed record Number(string Name, Func<string, bool> Accepts);
}
