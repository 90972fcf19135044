//! Line icons on a 24 grid; always beside words, so hidden from readers.

use leptos::prelude::*;

/// The icons there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Back,
    Bell,
    Box,
    Cart,
    Chat,
    Coupon,
    Gift,
    Home,
    Leave,
    More,
    Orders,
    Pay,
    Person,
    Pin,
    Return,
    Search,
    Shield,
    Star,
    Theme,
    Truck,
    Wallet,
}

impl IconName {
    fn path(self) -> &'static str {
        match self {
            Self::Back => "M15 5l-7 7 7 7",
            Self::Bell => "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 21h4",
            Self::Box => "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9M8 5.2l8 4.6",
            Self::Cart => "M3 4h2.5l2.2 11h10l2-8H6.3M9 20a1 1 0 1 0 0-.1M16.5 20a1 1 0 1 0 0-.1",
            Self::Chat => "M4 5h16v11h-9l-4.5 4v-4H4zM8 9.5h8M8 12.5h5",
            Self::Coupon => "M3 6h18v4a2 2 0 0 0 0 4v4H3v-4a2 2 0 0 0 0-4zM14 6v2M14 11v2M14 16v2",
            Self::Gift => "M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7c-2-4-6-4-5.5-1.5C7 7 10 7 12 7c2-4 6-4 5.5-1.5C17 7 14 7 12 7",
            Self::Home => "M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z",
            Self::Leave => "M14 4H6v16h8M10 12h10M16.5 8.5L20 12l-3.5 3.5",
            Self::More => "M9 5l7 7-7 7",
            Self::Orders => "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
            Self::Pay => "M3 6h18v12H3zM3 10h18M6.5 14.5h4",
            Self::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20.5c.8-4 4-5.5 8-5.5s7.2 1.5 8 5.5",
            Self::Pin => "M12 21s-7-6.3-7-11a7 7 0 0 1 14 0c0 4.7-7 11-7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
            Self::Return => "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H7",
            Self::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
            Self::Shield => "M12 3l7.5 2.5V11c0 5-3 8-7.5 10-4.5-2-7.5-5-7.5-10V5.5zM8.5 12l2.5 2.5 4.5-5",
            Self::Star => "M12 4l2.4 5.2 5.6.7-4.1 3.9 1.1 5.6-5-2.8-5 2.8 1.1-5.6L4 9.9l5.6-.7z",
            Self::Theme => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18M15.5 4.8v14.4M18.5 7v10",
            Self::Truck => {
                "M3 6h11v10H3zM14 9.5h4l3 3.5v3h-7M7 19a1.8 1.8 0 1 0 0-3.6A1.8 1.8 0 0 0 7 19zM17 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z"
            }
            Self::Wallet => "M4 7.5V18.5h16v-11zM4 7.5L15.5 4v3.5M15 13h2",
        }
    }
}

/// A line icon in the colour of the text.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=name.path()></path>
        </svg>
    }
}
