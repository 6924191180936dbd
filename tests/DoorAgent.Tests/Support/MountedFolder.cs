using System.Diagnostics;

namespace DoorAgent.Tests.Support;

/// <summary>A small separate file system in memory; the test is skipped where the machine forbids mounting.</summary>
internal sealed class MountedFolder : IDisposable
{
    private readonly TempFolder _point = new();

    public MountedFolder(string size)
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", _point.Path) == 0)
            return;
        _point.Dispose();
        Assert.Skip("needs the right to mount a tmpfs");
    }

    public string Path => _point.Path;

    public void BecomeReadOnly() => Assert.Equal(0, Run("mount", "-o", "remount,ro", _point.Path));

    public void BecomeWritable() => Assert.Equal(0, Run("mount", "-o", "remount,rw", _point.Path));

    public void Dispose()
    {
        Run("umount", "-l", _point.Path);
        _point.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
