using System.CommandLine;
using DoorAgent.Galleries;

namespace DoorAgent.Commands.People;

/// <summary>Makes one change to an existing gallery and then says what was done.</summary>
internal static class GalleryChange
{
    /// <exception cref="UserErrorException">The change could not be made.</exception>
    public static int Run(ParseResult result, Action<GalleryFile> change, string done) => Run(result, change, () => done);

    /// <summary>Makes a change whose message is known only afterwards.</summary>
    /// <exception cref="UserErrorException">The change could not be made.</exception>
    public static int Run(ParseResult result, Action<GalleryFile> change, Func<string> done)
    {
        using (GalleryFile gallery = GalleryFile.OpenToChange(CommonOptions.ShowPlaces(result).GalleryFile, TimeProvider.System))
            change(gallery);
        Console.WriteLine(done());
        return 0;
    }
}
