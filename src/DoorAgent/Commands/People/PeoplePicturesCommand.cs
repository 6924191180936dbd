using System.CommandLine;
using DoorAgent.Galleries;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people pictures, which adds, lists or removes pictures of a person.</summary>
internal static class PeoplePicturesCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        PictureSource source = new();
        Option<bool> list = new("--list") { Description = "Lists the person's pictures with numbers." };
        Option<int[]> remove = new("--remove") { Description = "Removes the picture with this number in --list; may be given several "
            + "times.", Arity = ArgumentArity.OneOrMore };
        Command command = new("pictures", """
            Adds pictures of a person from a folder or from a camera, or lists or removes pictures.

            The best and most different pictures are kept, old and new (People:MaxEncodings). Add pictures when somebody is denied
            too often: a new beard, new glasses, other light. The pictures themselves are not kept: --list shows the SHA-256 of
            their files, and the distance of each to the person's others. A picture far from the others may be a bad one;
            --remove removes it and its kept face.
            """) { name, list, remove };
        source.AddTo(command, list, remove);
        command.Validators.Add(result =>
        {
            if (result.GetValue(list) && result.GetResult(remove) is { Implicit: false })
                result.AddError("Either --list or --remove.");
        });
        command.SetAction((result, cancellationToken) =>
        {
            string person = result.GetRequiredValue(name);
            if (result.GetValue(list))
                return Task.FromResult(List(result, person));
            if (result.GetValue(remove) is { Length: > 0 } numbers)
                return Task.FromResult(Remove(result, person, numbers));
            return EnrolmentRunner.EnrolAsync(result, person, source, path => GalleryFile.OpenToChange(path, TimeProvider.System),
                gallery => Task.FromResult(gallery.PicturesOf(person)),
                (enroller, pictures, progress) => enroller.AddPictures(person, pictures, progress), null, cancellationToken);
        });
        return command;
    }

    private static int Remove(ParseResult result, string person, int[] numbers)
    {
        int left = 0;
        return GalleryChange.Run(result, gallery => left = GalleryPictures.Remove(gallery, person, numbers),
            () => $"{person} has {left} pictures now; the numbers in --list have changed.");
    }

    private static int List(ParseResult result, string name)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(CommonOptions.ShowPlaces(result).GalleryFile);
        IReadOnlyList<EnrolledPicture> pictures = gallery.PicturesOf(name);
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("number", "SHA-256 of the file", "quality", "distance to the others");
        foreach ((int number, EnrolledPicture picture) in pictures.Index())
        {
            float[] others = [.. pictures.Where(other => other != picture).Select(other => other.Encoding.DistanceTo(picture.Encoding))];
            table.AddRow($"{number + 1}", $"{Convert.ToHexStringLower(picture.Picture)[..16]}...",
                FormattableString.Invariant($"{picture.Quality:0.00}"),
                others.Length == 0 ? "" : FormattableString.Invariant($"{others.Min():0.000} to {others.Max():0.000}"));
        }

        AnsiConsole.Write(table);
        string person = gallery.Person(name).Name;
        string kept = gallery.CropsOf(person) is { } crops ? $", faces kept of {crops.Pictures} until {crops.Until}" : "";
        Console.WriteLine($"{person}: {pictures.Count} pictures{kept}");
        return 0;
    }
}
