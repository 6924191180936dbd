using System.CommandLine;
using DoorAgent.Galleries;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people consent.</summary>
internal static class PeopleConsentCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Option<string?> date = new("--date")
        {
            Description = "The day of the consent, such as 2026-03-31; today when only --note is given.",
        };
        Option<string?> note = new("--note")
        {
            Description = $"Where the consent is, such as the number of a form; at most {Consent.LongestNote} characters.",
        };
        Option<bool> none = new("--none") { Description = "Removes the consent from the gallery." };
        Command command = new("consent", """
            Shows or sets that a person agreed to be enrolled, on which day, and where that is written down.

            The door does not decide by it. 'people show' and 'people list' show it, an archive carries it, and 'people erase'
            removes it with the person. Who withdraws consent is removed with 'people erase'.
            Example: dooragent people consent anna --date 2026-03-31 --note form-17
            """) { name, date, note, none };
        command.Validators.Add(result =>
        {
            if (result.GetValue(note) is "" && result.GetValue(date) is null)
                result.AddError("--note is empty. Name where the consent is, or its day with --date; --none removes it.");
            if (result.GetValue(none) && (result.GetValue(date) is not null || result.GetValue(note) is not null))
                result.AddError("--none excludes --date and --note.");
        });
        command.SetAction(result =>
        {
            string path = CommonOptions.ShowPlaces(result).GalleryFile, person = result.GetRequiredValue(name);
            (string? day, string? text) = (result.GetValue(date), result.GetValue(note));
            bool changes = result.GetValue(none) || day is not null || text is not null;
            using GalleryFile gallery = changes ? GalleryFile.OpenToChange(path, TimeProvider.System) : GalleryFile.OpenToRead(path);
            PersonEntry entry = gallery.Person(person);
            if (changes)
            {
                Consent? consent = result.GetValue(none) ? null
                    : Consent.Parse(day ?? entry.Consent?.Day ?? TodayText, text ?? entry.Consent?.Note ?? "")
                        .NotAfter(Today);
                GalleryConsents.Set(gallery, entry.Name, consent);
                entry = gallery.Person(person);
            }

            Console.WriteLine($"{entry.Name}: {Words(entry.Consent)}");
            return 0;
        });
        return command;
    }

    /// <summary>Returns a consent in words.</summary>
    public static string Words(Consent? consent) => consent is null ? "no consent is recorded" : $"consent of {consent}";

    /// <summary>Returns the consent that an option with an optional day gives; null without the option.</summary>
    public static Consent? Of(ParseResult result, Option<string?> option) =>
        result.GetResult(option) is null ? null : Consent.Parse(result.GetValue(option) ?? TodayText, "").NotAfter(Today);

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date);

    private static string TodayText => new Consent(Today, "").Day;
}
