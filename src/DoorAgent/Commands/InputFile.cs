using DoorAgent.Storage;

namespace DoorAgent.Commands;

/// <summary>Small files that a command reads whole.</summary>
internal static class InputFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="mostBytes">The largest size.</param>
    /// <param name="what">What the file should be, such as "a sealed file".</param>
    /// <exception cref="UserErrorException">The file is missing, a folder, too large, or cannot be read.</exception>
    public static byte[] Read(string file, long mostBytes, string what)
    {
        if (Directory.Exists(file))
            throw new UserErrorException($"{file} is a folder. Name {what}.");
        if (!Permission.IsReadable(file))
            throw new UserErrorException($"There is no file {file}.");
        try
        {
            return new FileInfo(file).Length <= mostBytes ? File.ReadAllBytes(file)
                : throw new UserErrorException($"{file} is too large for {what}.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{file} cannot be read: {failure.Message}", failure);
        }
    }
}
