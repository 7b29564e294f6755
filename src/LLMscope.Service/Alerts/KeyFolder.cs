using LLMscope.Monitoring.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace LLMscope.Service.Alerts;

/// <summary>Where the keys live that encrypt secrets: in the data folder, whose owner alone can read it. A backup needs them too.</summary>
internal static class KeyFolder
{
    public static IServiceCollection AddKeys(this IServiceCollection services, DataFolder folder)
    {
        services.AddDataProtection().SetApplicationName("LLMscope").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(folder.Path, "keys")));
        return services;
    }
}
