using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Settings;

namespace DoorAgent.Enrolment;

/// <summary>Judges a list of people one after the other against a copy of the gallery, and enrols each accepted person in the copy. Every
/// objection is found before anything is written, also one that concerns two people in the list.</summary>
/// <param name="copy">Copy of the gallery (<see cref="GalleryFile.CopyInMemory"/>).</param>
/// <param name="enroller">Enrols into the copy.</param>
/// <param name="method">The encoder and the rule of the encodings.</param>
/// <param name="schedules">Names of the configured schedules.</param>
internal sealed class ListEnrolment(GalleryFile copy, Enroller enroller, GalleryMethod method, IReadOnlyCollection<string> schedules)
{
    private static readonly string[] Yes = ["yes", "true", "1", "x"], No = ["no", "false", "0", ""];

    /// <summary>Judges one person.</summary>
    /// <param name="row">The row of the list.</param>
    public PersonFinding Judge(PersonRow row)
    {
        IReadOnlyList<PictureFinding> findings = [];
        try
        {
            NewPerson person = new(PersonName.Parse(row.Name), BadgesOf(row), ScheduleOf(row), DateOf(row.From), DateOf(row.Until),
                IsYes("extended", row.Extended), [])
            {
                IsForLockdown = IsYes("lockdown", row.Lockdown),
                NeedsSecondPerson = IsYes("two-person", row.TwoPerson),
                Hosts = row.Hosts.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                Consent = row.Consent.Length == 0 ? null : Consent.Parse(row.Consent, ""),
            };
            // Text is checked before pictures are read.
            copy.RequireFree(person.Name, badge: null);
            foreach (Badge badge in person.Badges)
                copy.RequireFree(person.Name, badge);
            if (row.Pictures.Length == 0)
                throw new UserErrorException("no folder of pictures is named");
            EnrolmentResult enrolled = enroller.Judge(person.Name, PictureFolder.Files(row.Pictures));
            findings = enrolled.Findings;
            person = person with { Pictures = enrolled.Pictures, Separated = enrolled.Separated };
            person.AddTo(copy, method, TimeSpan.Zero);
            return new PersonFinding(row, person, findings, null);
        }
        catch (Exception refused) when (refused is UserErrorException or FormatException)
        {
            return new PersonFinding(row, null, findings, refused.Message);
        }
    }

    private static Badge[] BadgesOf(PersonRow row)
    {
        Badge[] badges = [.. row.Badges.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Badge.Parse)];
        foreach (Badge badge in badges)
        {
            if (WiegandFormat.Misfit(badge) is { } misfit)
                throw new UserErrorException(misfit);
        }

        return badges;
    }

    private string ScheduleOf(PersonRow row)
    {
        if (row.Schedule.Length == 0)
            return DoorAgent.Schedules.ScheduleOptions.Always;
        string name = ScheduleName.Parse(row.Schedule, schedules);
        string[] known = [.. schedules, DoorAgent.Schedules.ScheduleOptions.Always];
        return known.Contains(name) ? name : throw new UserErrorException("the configuration has no schedule "
            + $"'{name}'.{DidYouMean.Hint(name, known)}");
    }

    private static ValidityDate? DateOf(string text) => text.Length == 0 ? null : ValidityDate.Parse(text);

    private static bool IsYes(string column, string text) => Yes.Contains(text, StringComparer.OrdinalIgnoreCase)
        || (No.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? false
            : throw new UserErrorException($"{column} is '{text}', and must be yes or no"));
}
