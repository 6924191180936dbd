using System.CommandLine;
using DoorAgent.Decisions;
using DoorAgent.Matching;
using DoorAgent.People;
using DoorAgent.Settings;

namespace DoorAgent.Commands;

/// <summary>dooragent people show.</summary>
internal static class PeopleShowCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        Command command = new("show", "Shows one person: whether and when they may enter, badges (redacted), whether a PIN is set, and pictures by SHA-256.") { name };
        command.SetAction(result =>
        {
            using GalleryFile gallery = GalleryFile.OpenToRead(GalleryWork.Told(result).GalleryFile);
            PersonEntry person = gallery.Person(result.GetRequiredValue(name));
            Console.WriteLine($"{person.Name}: {(person.IsEnabled ? "may enter" : "disabled")}{(person.IsExtended ? ", door stays unlocked longer" : "")}, enrolled {person.Added}");
            string hours = OptionsRegistration.Bind<ScheduleOptions>(CommonOptions.SettingsOf(result)).Schedules.TryGetValue(person.Schedule, out Schedule? known) ? $" ({known})" : "";
            Console.WriteLine($"  hours {person.Schedule}{hours}{(person.Validity.Length > 0 ? $", valid {person.Validity}" : "")}");
            foreach (BadgeEntry badge in person.Badges)
                Console.WriteLine($"  badge {badge.Badge.Hint} {BadgeWords.Of(badge.State)}");
            PersonPin? pin = gallery.PinOf(person.Name);
            Console.WriteLine($"  PIN {(pin is null ? "not set" : "set")}, duress PIN {(pin is { HasDuress: true } ? "set" : "not set")}");
            foreach (EnrolledPicture picture in gallery.PicturesOf(person.Name))
                Console.WriteLine(FormattableString.Invariant($"  picture {Convert.ToHexStringLower(picture.Picture)[..16]}... quality {picture.Quality:0.00}"));
            if (gallery.CropsOf(person.Name) is { } crops)
                Console.WriteLine($"  faces kept of {crops.Pictures} pictures, until {crops.Until} (People:KeepCrops)");
            return 0;
        });
        return command;
    }
}
