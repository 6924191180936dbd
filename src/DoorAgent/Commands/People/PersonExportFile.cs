using System.IO.Compression;
using System.Text;
using DoorAgent.Privacy;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Writes what a door knows of one person into a ZIP file: index.html, data.json, faces/ and pictures/.</summary>
internal static class PersonExportFile
{
    /// <summary>Writes the file with mode 0600. A failure leaves no file.</summary>
    /// <exception cref="UserErrorException">The file exists, or cannot be written.</exception>
    public static void Write(string target, PersonData data, bool overwrites, TimeProvider time)
    {
        target = Path.GetFullPath(target);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new UserErrorException($"The directory {Path.GetDirectoryName(target)} does not exist. Create it, or name another file.");
        if (Path.Exists(target) && !overwrites)
            throw new UserErrorException($"{target} already exists. Name another file, or overwrite it with --force.");
        string unfinished = target + ".new";
        try
        {
            DataDirectory.EnsureFile(unfinished);
            using (FileStream stream = new(unfinished, FileMode.Create, FileAccess.ReadWrite))
            {
                using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
                    WriteMembers(zip, data, time.GetLocalNow());
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, target, overwrites);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{target} could not be written: {failure.Message} Is there enough room, and may this user write "
                + "there?", failure);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Returns the name of a kept face in the file.</summary>
    public static string FaceName(Galleries.StoredCrop crop) =>
        FormattableString.Invariant($"faces/{crop.Picture[..16]}-{crop.Alignment}.png");

    /// <summary>Returns the name of a picture of an attempt in the file.</summary>
    public static string PictureName(int index, AttemptPicture picture) =>
        FormattableString.Invariant($"pictures/record-{picture.Record}-{index + 1}.jpg");

    private static void WriteMembers(ZipArchive zip, PersonData data, DateTimeOffset now)
    {
        Add("index.html", Encoding.UTF8.GetBytes(PersonExportPage.Of(data, now)));
        Add("data.json", PersonExportJson.Of(data, now));
        foreach (Galleries.StoredCrop crop in data.Crops)
            Add(FaceName(crop), crop.Png);
        foreach ((int index, AttemptPicture picture) in data.Pictures.Index())
            Add(PictureName(index, picture), picture.Jpeg);

        void Add(string name, byte[] bytes)
        {
            using Stream member = zip.CreateEntry(name).Open();
            member.Write(bytes);
        }
    }
}
