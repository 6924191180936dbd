using Spectre.Console;

namespace DoorAgent.Commands.Output;

/// <summary>Asks the user for a yes on an interactive terminal.</summary>
internal static class Confirmation
{
    /// <summary>Asks, and returns whether the user typed 'yes'; without an interactive terminal the answer is no.</summary>
    /// <param name="question">The question, with its question mark.</param>
    public static bool Asks(string question)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return false;
        Console.Write($"{question} Type 'yes': ");
        return Console.ReadLine()?.Trim() == "yes";
    }
}
