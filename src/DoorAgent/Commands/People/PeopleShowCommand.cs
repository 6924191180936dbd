using System.CommandLine;
using DoorAgent.Commands.Door;
using DoorAgent.Galleries;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people show.</summary>
internal static class PeopleShowCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Command command = new("show", "Shows one person: whether and when they may enter, badges (redacted), "
            + "PIN, consent, and pictures by SHA-256.") { name };
        command.SetAction(async (result, stopping) =>
        {
            using GalleryFile gallery = GalleryFile.OpenToRead(CommonOptions.ShowPlaces(result).GalleryFile);
            PersonEntry person = gallery.Person(result.GetRequiredValue(name));
            AccessRules? rules = AccessRules.OrNull(result, await RunningDoor.StatusOrNullAsync(result, stopping));
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            Console.WriteLine($"{person.Name}: enrolled {person.Added}{(person.IsExtended ? ", door stays unlocked longer" : "")}");
            if (person.Origin is not null)
                Console.WriteLine($"  from the {GalleryOrigin.Words(person, gallery.Query(GalleryOrigin.GroupOf))}: changed at the office (dooragent fleet publish)");
            IEnumerable<string> eligibility = rules is { } known
                ? EligibilityView.Lines(person.EligibilityBy(known.Rule, now), known.Hours, now) : [EligibilityView.Unknown];
            foreach (string line in eligibility)
                Console.WriteLine($"  {line}");
            string hours = rules?.Hours.Schedules.TryGetValue(person.Schedule, out string? text) == true ? $" ({text})" : "";
            Console.WriteLine($"  hours {person.Schedule}{hours}{(person.Validity.Length > 0 ? $", valid {person.Validity}" : "")}");
            if (person.Rules.Length > 0)
                Console.WriteLine($"  {person.Rules}");
            foreach (BadgeEntry badge in person.Badges)
                Console.WriteLine($"  badge {badge.Hint} {BadgeStateText.Of(badge.State)}");
            Console.WriteLine($"  PIN {(person.HasPin ? "set" : "not set")}, "
                + $"duress PIN {(person.HasDuressPin ? "set" : "not set")}");
            Console.WriteLine($"  {PeopleConsentCommand.Words(person.Consent)}");
            foreach (EnrolledPicture picture in gallery.PicturesOf(person.Name))
                Console.WriteLine(FormattableString.Invariant(
                    $"  picture {Convert.ToHexStringLower(picture.Picture)[..16]}... quality {picture.Quality:0.00}"));
            if (gallery.CropsOf(person.Name) is { } crops)
                Console.WriteLine($"  faces kept of {crops.Pictures} pictures, until {crops.Until} (People:KeepCrops)");
            return 0;
        });
        return command;
    }
}
