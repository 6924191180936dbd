using System.CommandLine;
using DoorAgent.Matching;

namespace DoorAgent.Commands.People;

/// <summary>Arguments and options of the verbs on people: name, encoder, threshold, dates.</summary>
internal static class PersonArguments
{
    public static Argument<string> Name() => new("NAME") { Description = "The person's name, in any case." };

    public static Option<double?> Distance() => new("--distance")
    {
        Description = "A raw distance (above 0, up to 2) as threshold, in place of the one calculated from Matching:Fmr and Matching:Fpir.",
    };

    public static Option<string?> Encoder() => new("--encoder")
    {
        Description = "Catalogue id of the encoder, see 'dooragent models list'. A gallery keeps the encoder that it was made with.",
    };

    /// <summary>Parses a date; returns null for the word that removes the date.</summary>
    /// <exception cref="UserErrorException">The text is neither a date nor that word.</exception>
    public static ValidityDate? ParseDate(string text, string noLimit)
    {
        try
        {
            return text == noLimit ? null : ValidityDate.Parse(text);
        }
        catch (FormatException failure)
        {
            throw new UserErrorException($"{failure.Message} '{noLimit}' removes the date.", failure);
        }
    }
}
