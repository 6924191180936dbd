using System.CommandLine;
using DoorAgent.Matching;
using DoorAgent.People;

namespace DoorAgent.Commands;

/// <summary>dooragent people show.</summary>
internal static class PeopleShowCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryWork.Name();
        Command command = new("show", "Shows one person: whether they may enter, badges (redacted), whether a PIN is set, and the pictures by their SHA-256.") { name };
        command.SetAction(result =>
        {
            using GalleryFile gallery = GalleryFile.OpenToRead(GalleryWork.Told(result).GalleryFile);
            PersonEntry person = gallery.Person(result.GetRequiredValue(name));
            Console.WriteLine($"{person.Name}: {(person.IsEnabled ? "may enter" : "disabled")}{(person.IsExtended ? ", door stays unlocked longer" : "")}, enrolled {person.Added}");
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
