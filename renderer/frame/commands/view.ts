import { Moon, Rows3, Rows4, Sun, SunMoon } from '@lucide/vue';
import { useCommands } from '../../stores/commands';
import type { Command } from '../../stores/commands';
import { useSettings } from '../../stores/settings';

/** How the application looks. The views of each screen are offered by the screen. */
export function useViewCommands(): void {
  const settings = useSettings();
  const themes = [
    { theme: 'system', label: 'Theme: as the system', icon: SunMoon },
    { theme: 'light', label: 'Theme: light', icon: Sun },
    { theme: 'dark', label: 'Theme: dark', icon: Moon },
  ] as const;
  const densities = [
    { density: 'compact', label: 'Rows: compact', icon: Rows4 },
    { density: 'comfortable', label: 'Rows: comfortable', icon: Rows3 },
  ] as const;

  useCommands().offer((): Command[] => [
    ...themes.map(({ theme, label, icon }) => ({
      id: `theme-${theme}`,
      label,
      group: 'View' as const,
      icon,
      checked: settings.theme === theme,
      act: () => void (settings.theme = theme),
    })),
    ...densities.map(({ density, label, icon }) => ({
      id: `density/${density}`,
      label,
      group: 'View' as const,
      icon,
      checked: settings.density === density,
      act: () => void (settings.density = density),
    })),
  ]);
}
