using System.CommandLine;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Commands;

/// <summary>What the verbs on the gallery are given: people, badges, dates.</summary>
internal static class GalleryArguments
{
    public static Argument<string> Name() => new("NAME") { Description = "The person's name, in any case." };

    public static Argument<string> Badge() => new("BADGE")
    {
        Description = "FORMAT:FACILITY:CARD as the log names them, such as H10301:123:4567; H10302::123456789 where the format has no facility; UID:62B43423.",
    };

    public static Argument<string> BadgeOrNext() => new("BADGE")
    {
        Description = Badge().Description + " Or 'next': the next one read at the running door that belongs to nobody.",
    };

    public static Option<bool> Json() => new("--json") { Description = "One line of JSON for programs; everything else goes to the error output." };

    public static Option<double?> Distance() => new("--distance")
    {
        Description = "A raw distance (above 0, up to 2) as threshold instead of the one worked out from Matching:Fmr and Matching:Fpir.",
    };

    public static Option<string?> Encoder() => new("--encoder")
    {
        Description = "Catalogue id of the encoder, see 'dooragent models list'. A gallery keeps to the one it was made with.",
    };

    /// <summary>Reads a badge number.</summary>
    /// <exception cref="UserErrorException">It is none.</exception>
    public static Badge ParseBadge(string text)
    {
        try
        {
            return Hardware.Badges.Badge.Read(text);
        }
        catch (FormatException failure)
        {
            throw new UserErrorException(failure.Message, failure);
        }
    }

    /// <summary>Reads a date; null for the word that takes it away.</summary>
    /// <exception cref="UserErrorException">It is neither.</exception>
    public static ValidityDate? ParseDate(string text, string without)
    {
        try
        {
            return text == without ? null : ValidityDate.Parse(text);
        }
        catch (FormatException failure)
        {
            throw new UserErrorException($"{failure.Message} '{without}' takes the date away.", failure);
        }
    }
}
